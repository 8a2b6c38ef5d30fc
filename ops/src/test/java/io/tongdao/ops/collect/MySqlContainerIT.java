package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.CollectOrder;
import io.tongdao.collect.Collector;
import io.tongdao.contract.plan.Source.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mysql.MySQLContainer;

/** Collection from MySQL in a container, where a container engine is ({@code TONGDAO_CONTAINERS=1 .ci/run}). */
@Testcontainers(disabledWithoutDocker = true)
class MySqlContainerIT {
    @Container
    private static final MySQLContainer SERVER = new MySQLContainer(ContainerServer.image(Engine.MYSQL, "mysql:8.4"))
            .withUsername("root")
            .withCommand(
                    "mysqld",
                    "--server-id=1",
                    "--gtid-mode=ON",
                    "--enforce-gtid-consistency=ON",
                    "--binlog-format=ROW",
                    "--binlog-row-image=FULL");

    @TempDir
    private static Path dir;

    private static Landscape land;

    @BeforeAll
    static void start() throws Exception {
        land = new Landscape(
                dir,
                new ContainerServer(
                        Engine.MYSQL, SERVER, MySQLContainer.MYSQL_PORT, "jdbc:mysql://127.0.0.1:%d/%s", List.of()));
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
        TableLife.isToldWhole(People.in(land, Engine.MYSQL, "basic"));
    }

    @Test
    void compressedTransactionsAreToldLikeOthers() throws Exception {
        // Given
        People people = People.in(land, Engine.MYSQL, "compressed");
        people.run("SET GLOBAL binlog_transaction_compression = ON");

        // When, Then
        TableLife.isToldWhole(people, "ALTER TABLE person ADD COLUMN later int", "UPDATE person SET name = 'wider'");
        people.transaction(
                "UPDATE person SET cid = 'T' WHERE pk = 40",
                "UPDATE person SET cid = '" + Ids.citizen(40) + "' WHERE pk = 41",
                "UPDATE person SET cid = '" + Ids.citizen(41) + "' WHERE pk = 40",
                "UPDATE person SET name = 'twice' WHERE pk = 42",
                "UPDATE person SET name = 'thrice' WHERE pk = 42");
        people.awaitEqual();
        people.run("SET GLOBAL binlog_transaction_compression = OFF");
    }

    @Test
    void killedAnywhereNothingIsLostOrReordered() throws Exception {
        // Given
        People people = People.in(land, Engine.MYSQL, "killed");
        people.insert(0, 2000);
        Random random = new Random(20261129);

        // When
        for (int round = 0; round < 3; round++) {
            people.run("UPDATE person SET name = 'round " + round + "' WHERE pk = 0");
            KilledRound.run(dir, people, random, round * 1500L, statement -> {
                int pk = random.nextInt(2000);
                statement.execute("DELETE FROM person WHERE pk = " + pk);
                statement.execute("INSERT INTO person VALUES (%d, '%s', 'again %d')"
                        .formatted(pk, Ids.citizen(pk), random.nextInt()));
                statement.getConnection().commit();
                statement.execute(
                        "UPDATE person SET name = 'n" + random.nextInt() + "' WHERE pk % 5 = " + random.nextInt(5));
                statement.getConnection().commit();
            });
        }
        people.collectAndStream();

        // Then
        people.awaitEqual();
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void aTableIsReadAgainBesideItsStream() throws Exception {
        // Given
        People people = People.in(land, Engine.MYSQL, "reread");
        people.insert(0, 3000);
        people.collectAndStream();

        // When
        land.order(CollectOrder.Kind.RESNAPSHOT, "reread.person");
        people.run("UPDATE person SET name = 'meanwhile' WHERE pk < 100", "DELETE FROM person WHERE pk > 2900");

        // Then
        await().atMost(People.SOON)
                .untilAsserted(() -> assertThat(people.topic().markers()).isEqualTo(2 * SourceTables.PARTITIONS));
        people.awaitEqual();
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void typesAreToldBySnapshotAndLogAlike() throws Exception {
        TypeTable.ofABinlog(land, land.source(Engine.MYSQL, "types_mysql"));
    }

    @Test
    void aServerThatIsNotFitIsRefusedWithTheSqlToRun() throws Exception {
        // Given
        People people = People.in(land, Engine.MYSQL, "refused");
        people.run("SET GLOBAL binlog_row_value_options = 'PARTIAL_JSON'");

        // When
        var refused = assertThatThrownBy(people::collect);

        // Then
        people.run("SET GLOBAL binlog_row_value_options = ''");
        refused.isInstanceOf(CollectException.class).hasMessageContaining("SET GLOBAL binlog_row_value_options = ''");
    }

    @Test
    void aPurgedBinlogIsAGapThatWaits() throws Exception {
        // Given
        People people = People.in(land, Engine.MYSQL, "purged");
        people.insert(0, 10);
        people.collectAndStream().close();

        // When
        people.run("DELETE FROM person WHERE pk = 1", "FLUSH BINARY LOGS", "DELETE FROM person WHERE pk = 2");
        people.run("PURGE BINARY LOGS TO '" + newestBinlog(people) + "'");
        Collector collector = people.collect();

        // Then
        await().atMost(People.SOON)
                .untilAsserted(() -> assertThat(collector.status().lost()).contains("was purged"));
    }

    private static String newestBinlog(People people) throws SQLException {
        try (Connection connection = land.connect(people.source());
                Statement statement = connection.createStatement();
                ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
            String newest = "";
            while (logs.next()) {
                newest = logs.getString(1);
            }
            return newest;
        }
    }
}
