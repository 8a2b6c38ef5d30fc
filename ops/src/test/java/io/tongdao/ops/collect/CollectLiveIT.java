package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.CollectOrder.Kind;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.CollectStatus;
import io.tongdao.collect.Collector;
import io.tongdao.collect.SourceState.State;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source.Engine;
import io.tongdao.contract.topic.Lineage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Collections that run for years: tables are read again and taken up while changes flow, gaps in a log are found and healed. */
class CollectLiveIT {
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

    private static CollectSettings smallChunks() {
        CollectSettings usual = land.settings();
        return new CollectSettings(
                usual.kafka(),
                usual.registry(),
                usual.secrets(),
                usual.digestKey(),
                usual.seals(),
                50,
                400,
                usual.pollInterval(),
                usual.heartbeat());
    }

    private static CollectStatus.Dataset of(Collector collector) {
        return collector.status().datasets().getFirst();
    }

    private static void awaitEpoch(Collector collector, int epoch) {
        await().atMost(People.SOON)
                .untilAsserted(() -> assertThat(of(collector))
                        .as("%s", collector.status())
                        .matches(d -> d.epoch() == epoch && d.state() == State.STREAMING));
    }

    private static void assertAllOfEpoch(People people, int epoch) {
        assertThat(people.topic().latest().values())
                .allMatch(record -> Lineage.pos(record.headers()).epoch() == epoch);
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aTableIsReadAgainWhileItsChangesFlow(Engine engine) throws Exception {
        // Given
        People people = People.in(land, engine, "again_" + engine.name().toLowerCase(java.util.Locale.ROOT));
        people.insert(0, 3000);
        Collector collector = land.collect(people.plan(), people.source(), smallChunks());
        People.awaitStreaming(collector);

        // When
        land.order(Kind.RESNAPSHOT, people.dataset().id());
        Random random = new Random(7);
        while (of(collector).epoch() < 2 || of(collector).state() != State.STREAMING) {
            int pk = random.nextInt(3000);
            people.run(
                    "UPDATE person SET name = 'n" + random.nextInt() + "' WHERE pk % 100 = " + random.nextInt(100),
                    "DELETE FROM person WHERE pk = " + pk,
                    "INSERT INTO person VALUES (" + pk + ", '" + Ids.citizen(pk) + "', 'again')",
                    "DELETE FROM person WHERE pk = " + (pk + 1));
            Thread.sleep(20);
        }

        // Then
        people.awaitEqual();
        assertAllOfEpoch(people, 2);
        assertThat(of(collector).rowsRead()).isPositive();
        assertThat(land.breaks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aReadingThatIsKilledGoesOnToTheExactTable(Engine engine) throws Exception {
        // Given
        People people = People.in(land, engine, "killed_" + engine.name().toLowerCase(java.util.Locale.ROOT));
        people.insert(0, 20_000);
        people.collectAndStream();
        land.closeCollectors();
        land.order(Kind.RESNAPSHOT, people.dataset().id());

        // When
        KilledRound.run(dir, people, new Random(1), 0, statement -> {});
        people.run("DELETE FROM person WHERE pk % 10 = 3", "UPDATE person SET name = 'between' WHERE pk % 10 = 4");
        Collector collector = people.collect();
        awaitEpoch(collector, 2);

        // Then
        people.awaitEqual();
        assertAllOfEpoch(people, 2);
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void aLostSlotIsSaidAndHealedOnlyWhenConfirmed() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "lost_slot");
        people.insert(0, 300);
        Collector collector = people.collectAndStream();
        await().atMost(People.SOON)
                .until(() -> one(
                                people,
                                "SELECT count(*)::text FROM pg_replication_slots WHERE slot_name ="
                                        + " 'tongdao_lost_slot' AND active")
                        .equals("1"));

        // When
        people.run(
                "DO $$ BEGIN PERFORM pg_terminate_backend(active_pid, 10000) FROM pg_replication_slots WHERE slot_name"
                        + " = 'tongdao_lost_slot'; PERFORM pg_drop_replication_slot('tongdao_lost_slot'); END $$",
                "DELETE FROM person WHERE pk < 100",
                "INSERT INTO person VALUES (900, '" + Ids.citizen(900) + "', 'in the gap')");
        assertLostThenHealed(people, collector, "replication slot tongdao_lost_slot is gone");
    }

    @Test
    void aSlotThatIsLostDuringTheSnapshotCostsNoChange() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "lost_early");
        people.insert(0, 30_000);
        Collector collector = people.collect();
        await().atMost(People.SOON)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !one(
                                people,
                                "SELECT count(*)::text FROM pg_replication_slots WHERE slot_name ="
                                        + " 'tongdao_lost_early' AND confirmed_flush_lsn IS NOT NULL")
                        .equals("0"));

        // When
        people.run(
                "SELECT pg_drop_replication_slot('tongdao_lost_early')",
                "DELETE FROM person WHERE pk % 3 = 0",
                "UPDATE person SET name = 'in the gap' WHERE pk % 3 = 1");

        // Then
        awaitEpoch(collector, 2);
        people.awaitEqual();
        assertAllOfEpoch(people, 2);
        assertThat(land.breaks()).isEmpty();
    }

    @Test
    void aSlotThatTheServerGaveUpIsSaidAndHealed() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "given_up");
        people.insert(0, 300);
        people.collectAndStream();
        land.closeCollectors();

        // When
        people.run("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
        for (int i = 0; i < 6; i++) {
            people.run("DELETE FROM person WHERE pk = " + i, "SELECT pg_switch_wal()");
        }
        people.run("CHECKPOINT", "ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        assertLostThenHealed(people, people.collect(), "max_slot_wal_keep_size");
    }

    @Test
    void aPurgedBinlogIsSaidAndHealedOnlyWhenConfirmed() throws Exception {
        // Given
        People people = People.in(land, Engine.MARIADB, "purged");
        people.insert(0, 300);
        people.collectAndStream();
        land.closeCollectors();

        // When
        people.run("DELETE FROM person WHERE pk < 100", "FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
        await().atMost(People.SOON).until(() -> purged(people));
        assertLostThenHealed(people, people.collect(), "was purged");
    }

    /** A server keeps what a reader that has just gone may still want. */
    private static boolean purged(People people) throws Exception {
        try (Connection connection = land.connect(people.source());
                Statement statement = connection.createStatement()) {
            try (ResultSet readers = statement.executeQuery(
                    "SELECT group_concat(concat('KILL ', id)) FROM information_schema.processlist WHERE command LIKE"
                            + " 'Binlog Dump%'")) {
                readers.next();
                if (readers.getString(1) != null) {
                    for (String kill : readers.getString(1).split(",", -1)) {
                        statement.execute(kill);
                    }
                    return false;
                }
            }
            statement.execute("SET GLOBAL slave_connections_needed_for_purge = 0");
            statement.execute("PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
            try (ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
                logs.next();
                return logs.isLast();
            }
        }
    }

    private static void assertLostThenHealed(People people, Collector collector, String why) throws Exception {
        await().atMost(People.SOON).until(() -> of(collector).state() == State.LOST);
        assertThat(collector.status().lost())
                .contains(why, "tongdao collect heal " + people.source().name() + " --yes");
        assertThat(people.topic().item("name")).isNotEqualTo(people.rows());

        land.order(Kind.HEAL, people.source().name());
        awaitEpoch(collector, 2);

        // Then
        people.awaitEqual();
        assertThat(collector.status().lost()).isNull();
    }

    @Test
    void aDatabaseThatWasAwayIsReadOnByItself() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "away");
        People door = People.in(land, Engine.POSTGRESQL, "door");
        people.insert(0, 100);
        Collector collector = people.collectAndStream();
        people.awaitEqual();

        // When
        shut(door, "away");
        await().atMost(People.SOON).until(() -> collector.status().broken() != null);
        assertThat(collector.status().lost()).isNull();
        land.closeCollectors();
        Collector restarted = people.collect();
        assertThat(restarted.status().broken()).contains("can't be asked");
        door.run("ALTER DATABASE away ALLOW_CONNECTIONS true");
        people.run("DELETE FROM person WHERE pk < 10", "UPDATE person SET name = 'back' WHERE pk = 50");

        // Then
        people.awaitEqual();
        assertThat(of(restarted).epoch()).isEqualTo(1);
        assertThat(restarted.status().breaks()).isPositive();
    }

    @Test
    void aReadingThatHasEndedLeavesNoClientBehind() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "ended");
        people.insert(0, 10);

        // When
        for (int i = 0; i < 3; i++) {
            people.collectAndStream();
            land.closeCollectors();
        }

        // Then
        await().atMost(People.SOON)
                .untilAsserted(() -> assertThat(clients("ended")).isEmpty());
    }

    /** Threads of Kafka clients and engines of a source. */
    private static List<String> clients(String source) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(thread -> thread.contains(source))
                .toList();
    }

    private static void shut(People door, String database) throws Exception {
        door.run(
                "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    @Test
    void aDatabaseThatWasNeverThereIsRefused() throws Exception {
        People people = People.in(land, Engine.POSTGRESQL, "never");
        People door = People.in(land, Engine.POSTGRESQL, "never_door");
        shut(door, "never");

        assertThatThrownBy(people::collect).isInstanceOf(CollectException.class).hasMessageContaining("can't be asked");

        door.run("ALTER DATABASE never ALLOW_CONNECTIONS true");
    }

    @Test
    void anIdleDatabaseLetsTheServerForgetItsLog() throws Exception {
        // Given
        People idle = People.in(land, Engine.POSTGRESQL, "idle");
        People busy = People.in(land, Engine.POSTGRESQL, "busy");
        idle.insert(0, 10);
        idle.collectAndStream();

        // When
        busy.insert(0, 2000);
        String now = one(busy, "SELECT pg_current_wal_lsn()::text");

        // Then
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one(
                                idle,
                                "SELECT (confirmed_flush_lsn > '" + now + "' AND restart_lsn > '" + now
                                        + "')::text FROM pg_replication_slots WHERE slot_name = 'tongdao_idle'")
                        .equals("true"));
        assertThat(land.breaks()).isEmpty();
    }

    private static String one(People people, String sql) throws Exception {
        try (Connection connection = land.connect(people.source());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aTableIsTakenUpByARunningCollection(Engine engine) throws Exception {
        // Given
        People people = People.in(land, engine, "more_" + engine.name().toLowerCase(java.util.Locale.ROOT));
        people.insert(0, 200);
        people.run("CREATE TABLE more (pk bigint PRIMARY KEY, cid varchar(20) UNIQUE, name varchar(200))");
        for (int i = 0; i < 50; i++) {
            people.run("INSERT INTO more VALUES (" + i + ", '" + Ids.citizen(i) + "', 'more')");
        }
        if (engine == Engine.POSTGRESQL) {
            people.run("ALTER TABLE more REPLICA IDENTITY FULL");
        }
        Collector collector = people.collectAndStream();
        String table = People.table(people.source()).replace("person", "more");
        Map<String, ItemType> items = new LinkedHashMap<>();
        people.dataset().items().forEach((name, item) -> items.put(name, item.type()));
        Plan next = new SourceTables()
                .add(people.source(), People.table(people.source()), items, "cid")
                .add(people.source(), table, items, "cid")
                .plan();
        land.provision(next);

        // When
        collector.apply(next);
        people.run(
                "UPDATE person SET name = 'beside' WHERE pk < 5",
                "UPDATE more SET name = 'later' WHERE pk < 5",
                "DELETE FROM more WHERE pk = 7");

        // Then
        people.awaitEqual();
        People more = new People(
                land,
                people.source(),
                new SourceTables().add(people.source(), table, items, "cid").plan(),
                table);
        await().atMost(People.SOON)
                .untilAsserted(() -> assertThat(more.topic().item("name"))
                        .hasSize(49)
                        .containsEntry(Ids.citizen(3), "later")
                        .containsEntry(Ids.citizen(8), "more"));
        await().atMost(People.SOON)
                .until(() -> collector.status().datasets().stream()
                        .allMatch(d -> d.state() == State.STREAMING && d.epoch() == 1));
        assertThat(land.breaks()).isEmpty();
    }
}
