package io.tongdao.ops.collect;

import io.tongdao.contract.plan.Source.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

/** Collection from SQL Server in a container, where a container engine is ({@code TONGDAO_CONTAINERS=1 .ci/run}). */
@Testcontainers(disabledWithoutDocker = true)
class SqlServerContainerIT {
    @Container
    private static final MSSQLServerContainer SERVER = new MSSQLServerContainer(
                    ContainerServer.image(Engine.SQLSERVER, "mcr.microsoft.com/mssql/server:2022-latest"))
            .acceptLicense()
            .withEnv("MSSQL_AGENT_ENABLED", "true");

    @TempDir
    private static Path dir;

    private static Landscape land;

    @BeforeAll
    static void start() throws Exception {
        land = new Landscape(
                dir,
                new ContainerServer(
                        Engine.SQLSERVER,
                        SERVER,
                        MSSQLServerContainer.MS_SQL_SERVER_PORT,
                        "jdbc:sqlserver://127.0.0.1:%d;databaseName=%s;encrypt=true;trustServerCertificate=true",
                        List.of(
                                "EXEC sys.sp_cdc_enable_db",
                                "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON")));
    }

    @AfterAll
    static void stop() {
        land.close();
    }

    @AfterEach
    void closeCollectors() {
        land.closeCollectors();
    }

    @Test
    void tableAndTopicAreEqualThroughSnapshotChangesAndRestart() throws Exception {
        TableLife.isToldWhole(People.in(land, Engine.SQLSERVER, "basic"));
    }
}
