package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.Collector;
import io.tongdao.contract.plan.Source.Engine;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** PostgreSQL tables against their src topics: whatever happens to the source or to us, the compacted topic is the table. */
class CollectPostgresIT {
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
        return People.in(land, Engine.POSTGRESQL, name, rowKey);
    }

    static void copy(Connection connection, int from, int to) throws Exception {
        String rows = IntStream.range(from, to)
                .mapToObj(i -> i + "\t" + Ids.citizen(i) + "\tcopied")
                .collect(Collectors.joining("\n"));
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY person FROM STDIN", new StringReader(rows));
    }

    @Test
    void tableAndTopicAreEqualThroughSnapshotChangesAndRestart() throws Exception {
        TableLife.isToldWhole(people("basic"));
    }

    @Test
    void transactionsOpenAcrossTheSnapshotArriveAfterIt() throws Exception {
        // Given
        People people = people("open_across");
        people.insert(0, 3000);
        try (Connection before = land.connect(people.source());
                Connection during = land.connect(people.source());
                Statement old = before.createStatement();
                Statement young = during.createStatement()) {
            before.setAutoCommit(false);
            during.setAutoCommit(false);
            old.execute("UPDATE person SET name = 'old' WHERE pk < 5");

            // When
            Collector collector = people.collect();
            awaitSlot(people, "TRUE");
            before.commit();
            awaitSlot(people, "confirmed_flush_lsn IS NOT NULL");
            young.execute("UPDATE person SET name = 'young' WHERE pk BETWEEN 5 AND 9");
            People.awaitStreaming(collector);
            people.run("UPDATE person SET name = 'between' WHERE pk BETWEEN 10 AND 14");
            young.execute("UPDATE person SET name = 'young, later' WHERE pk BETWEEN 7 AND 9");
            during.commit();

            // Then
            people.awaitEqual();
        }
    }

    /** An agency's server sees the connections of a start, not one at each heartbeat. */
    @Test
    void anIdleDatabaseSeesNoNewConnections() throws Exception {
        // Given
        People people = people("idle");
        people.insert(0, 10);
        people.collectAndStream();
        people.awaitEqual();
        long before = sessions(people);

        // When
        Thread.sleep(6_000);

        // Then
        assertThat(sessions(people) - before).as("this look is one").isLessThanOrEqualTo(2);
    }

    private static long sessions(People people) throws Exception {
        try (Connection connection = land.connect(people.source());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT sessions FROM pg_stat_database WHERE datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void awaitSlot(People people, String condition) {
        await().atMost(People.SOON).until(() -> {
            try (Connection connection = land.connect(people.source());
                    Statement statement = connection.createStatement()) {
                return statement
                        .executeQuery("SELECT 1 FROM pg_replication_slots WHERE database = current_database() AND "
                                + condition)
                        .next();
            }
        });
    }

    @Test
    void rowsThatSwapTheirIdentifiersInOneTransactionEndApart() throws Exception {
        // Given
        People temporary = people("swap_temp");
        People deferred = people("swap_deferred", "pk");
        temporary.insert(0, 4);
        deferred.insert(0, 4);
        temporary.collectAndStream();
        deferred.collectAndStream();
        String zero = Ids.citizen(0);
        String one = Ids.citizen(1);

        // When
        temporary.transaction(
                "UPDATE person SET cid = 'T' WHERE pk = 0",
                "UPDATE person SET cid = '" + zero + "' WHERE pk = 1",
                "UPDATE person SET cid = '" + one + "' WHERE pk = 0");
        deferred.transaction(
                "UPDATE person SET cid = '" + one + "' WHERE pk = 0",
                "UPDATE person SET cid = '" + zero + "' WHERE pk = 1");
        deferred.transaction("UPDATE person SET cid = CASE cid WHEN '" + Ids.citizen(2) + "' THEN '" + Ids.citizen(3)
                + "' ELSE '" + Ids.citizen(2) + "' END WHERE pk IN (2, 3)");

        // Then
        temporary.awaitEqual();
        deferred.awaitEqual();
    }

    @Test
    void killedAnywhereNothingIsLostOrReordered() throws Exception {
        // Given
        People people = people("killed");
        people.insert(0, 4000);
        Random random = new Random(20261123);

        // When
        AtomicInteger next = new AtomicInteger(100_000);
        for (int round = 0; round < 4; round++) {
            people.run("UPDATE person SET name = 'round " + round + "' WHERE pk = 0");
            KilledRound.run(dir, people, random, round * 1500L, statement -> {
                Connection connection = statement.getConnection();
                int pk = random.nextInt(4000);
                statement.execute("DELETE FROM person WHERE pk = " + pk);
                statement.execute("INSERT INTO person VALUES (%d, '%s', 'again %d')"
                        .formatted(pk, Ids.citizen(pk), random.nextInt()));
                connection.commit();
                statement.execute(
                        "UPDATE person SET name = 'n" + random.nextInt() + "' WHERE pk % 50 = " + random.nextInt(50));
                int from = next.getAndAdd(700);
                copy(connection, from, from + 700);
                connection.commit();
                statement.execute("DELETE FROM person WHERE pk BETWEEN " + from + " AND " + (from + 200));
                connection.commit();
            });
        }
        people.collectAndStream();

        // Then
        people.awaitEqual();
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void aTransactionThatEndsAfterLaterOnesIsNoGap() throws Exception {
        // Given
        People people = people("interleaved");
        people.insert(0, 10);
        CollectSettings usual = land.settings();
        Collector collector = land.collect(
                people.plan(),
                people.source(),
                new CollectSettings(
                        usual.kafka(),
                        usual.registry(),
                        usual.secrets(),
                        usual.digestKey(),
                        usual.seals(),
                        usual.batchSize(),
                        usual.queueSize(),
                        usual.pollInterval(),
                        Duration.ofMinutes(10)));
        People.awaitStreaming(collector);

        // When
        try (Connection early = land.connect(people.source());
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("UPDATE person SET name = 'early' WHERE pk = 1");
            statement.execute("UPDATE person SET name = 'early' WHERE pk = 2");
            people.run("UPDATE person SET name = 'late' WHERE pk = 3");
            early.commit();
        }
        people.awaitEqual();
        land.closeCollectors();
        Collector again = people.collectAndStream();

        // Then
        people.run("UPDATE person SET name = 'after' WHERE pk = 4");
        people.awaitEqual();
        assertThat(again.status().lost()).isNull();
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void aTruncatedTableIsReadAnewAndItsOldRowsAreSwept() throws Exception {
        // Given
        People people = people("truncated");
        people.insert(0, 100);
        people.run("INSERT INTO person VALUES (100, 'no number', 'x')");
        people.collectAndStream();

        // When
        people.transaction("TRUNCATE person", "INSERT INTO person VALUES (7, '" + Ids.citizen(7) + "', 'after')");

        // Then
        people.awaitEqual();
        await().atMost(People.SOON)
                .untilAsserted(() -> assertThat(land.rejects("truncated.")).isEmpty());
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void aTableThatCannotBeCollectedWithoutLossIsRefusedWithTheSqlToRun() throws Exception {
        // Given
        People people = people("refused");
        people.run(
                "ALTER TABLE person REPLICA IDENTITY DEFAULT",
                "ALTER TABLE person DROP CONSTRAINT person_cid_key",
                "ALTER TABLE person ADD UNIQUE (cid) DEFERRABLE");

        // When
        var refused = assertThatThrownBy(people::collect);

        // Then
        refused.isInstanceOf(CollectException.class)
                .hasMessageContaining("ALTER TABLE public.person REPLICA IDENTITY FULL")
                .hasMessageContaining("no unique, non-deferrable constraint on (cid)");
    }
}
