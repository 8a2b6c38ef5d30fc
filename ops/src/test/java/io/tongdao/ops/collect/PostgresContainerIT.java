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
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Collection from PostgreSQL in a container, where a container engine is ({@code TONGDAO_CONTAINERS=1 .ci/run}). */
@Testcontainers(disabledWithoutDocker = true)
class PostgresContainerIT {
    @Container
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer(
                    ContainerServer.image(Engine.POSTGRESQL, "postgres:17"))
            .withCommand("postgres", "-c", "wal_level=logical");

    @TempDir
    private static Path dir;

    private static Landscape land;

    @BeforeAll
    static void start() throws Exception {
        land = new Landscape(
                dir,
                new ContainerServer(
                        Engine.POSTGRESQL,
                        SERVER,
                        PostgreSQLContainer.POSTGRESQL_PORT,
                        "jdbc:postgresql://127.0.0.1:%d/%s",
                        List.of()));
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
        TableLife.isToldWhole(People.in(land, Engine.POSTGRESQL, "basic"));
    }
}
