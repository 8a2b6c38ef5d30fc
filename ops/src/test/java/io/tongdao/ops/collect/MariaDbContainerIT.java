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
import org.testcontainers.mariadb.MariaDBContainer;

/** Collection from MariaDB in a container, where a container engine is ({@code TONGDAO_CONTAINERS=1 .ci/run}). */
@Testcontainers(disabledWithoutDocker = true)
class MariaDbContainerIT {
    @Container
    private static final MariaDBContainer SERVER = new MariaDBContainer(
                    ContainerServer.image(Engine.MARIADB, "mariadb:11.4"))
            .withUsername("root")
            .withCommand(
                    "mariadbd",
                    "--server-id=1",
                    "--log-bin=binlog",
                    "--binlog-format=ROW",
                    "--binlog-row-image=FULL",
                    "--gtid-strict-mode=ON",
                    "--character-set-server=utf8mb4");

    @TempDir
    private static Path dir;

    private static Landscape land;

    @BeforeAll
    static void start() throws Exception {
        land = new Landscape(
                dir, new ContainerServer(Engine.MARIADB, SERVER, 3306, "jdbc:mariadb://127.0.0.1:%d/%s", List.of()));
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
        TableLife.isToldWhole(People.in(land, Engine.MARIADB, "basic"));
    }
}
