package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.collect.CollectException;
import io.tongdao.contract.plan.Source.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB tables against their src topics: whatever happens to the source or to us, the compacted topic is the table. */
class CollectMariaDbIT {
    @TempDir
    private static Path dir;

    private static Landscape land;

    @BeforeAll
    static void start() throws Exception {
        land = new Landscape(dir);
    }

    @AfterAll
    static void stop() {
        land.close();
    }

    @AfterEach
    void closeCollectors() {
        land.closeCollectors();
    }

    private static People people(String name, String... rowKey) throws Exception {
        return People.in(land, Engine.MARIADB, name, rowKey);
    }

    @Test
    void tableAndTopicAreEqualThroughSnapshotChangesAndRestart() throws Exception {
        TableLife.isToldWhole(
                people("basic"),
                "ALTER TABLE person ADD COLUMN later int",
                "UPDATE person SET name = 'wider' WHERE pk = 23");
    }

    @Test
    void aTransactionOpenAcrossTheSnapshotArrivesAfterIt() throws Exception {
        // Given
        People people = people("open_across");
        people.insert(0, 2000);
        try (Connection open = land.connect(people.source());
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("UPDATE person SET name = 'open' WHERE pk < 5");

            // When
            people.collectAndStream();
            people.run("UPDATE person SET name = 'between' WHERE pk BETWEEN 10 AND 14");
            statement.execute("UPDATE person SET name = 'open, later' WHERE pk BETWEEN 3 AND 7");
            open.commit();

            // Then
            people.awaitEqual();
        }
    }

    @Test
    void rowsThatSwapTheirIdentifiersInOneTransactionEndApart() throws Exception {
        // Given
        People temporary = people("swap_temp");
        People keyed = people("swap_keyed", "pk");
        temporary.insert(0, 4);
        keyed.insert(0, 4);
        temporary.collectAndStream();
        keyed.collectAndStream();
        String zero = Ids.citizen(0);
        String one = Ids.citizen(1);

        // When
        temporary.transaction(
                "UPDATE person SET cid = 'T' WHERE pk = 0",
                "UPDATE person SET cid = '" + zero + "' WHERE pk = 1",
                "UPDATE person SET cid = '" + one + "' WHERE pk = 0");
        keyed.transaction(
                "UPDATE person SET cid = '" + one + "' WHERE pk = 0",
                "UPDATE person SET cid = '" + zero + "' WHERE pk = 1");

        // Then
        temporary.awaitEqual();
        keyed.awaitEqual();
    }

    @Test
    void killedAnywhereNothingIsLostOrReordered() throws Exception {
        // Given
        People people = people("killed");
        people.insert(0, 2000);
        Random random = new Random(20261123);

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
    void aTruncatedTableIsReadAnewAndItsOldRowsAreSwept() throws Exception {
        // Given
        People people = people("truncated");
        people.insert(0, 100);
        people.collectAndStream();

        // When
        people.run("TRUNCATE person", "INSERT INTO person VALUES (7, '" + Ids.citizen(7) + "', 'after')");

        // Then
        people.awaitEqual();
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void aServerThatLogsPartOfARowIsRefusedWithTheSqlToRun() throws Exception {
        // Given
        People people = people("refused");
        people.run("SET GLOBAL binlog_row_image = MINIMAL");

        // When
        var refused = assertThatThrownBy(people::collect);

        // Then
        people.run("SET GLOBAL binlog_row_image = FULL");
        refused.isInstanceOf(CollectException.class).hasMessageContaining("SET GLOBAL binlog_row_image = FULL");
    }
}
