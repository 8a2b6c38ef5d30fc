package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.deliver.Deliveries;
import io.tongdao.deliver.Delivery;
import io.tongdao.deliver.DeliveryFeed;
import io.tongdao.deliver.DeliveryStatus;
import io.tongdao.deliver.DeliveryStatus.State;
import io.tongdao.ops.embedded.AgencyMariaDb;
import io.tongdao.ops.embedded.AgencyPostgres;
import io.tongdao.ops.embedded.DataDirectory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Returns into the databases of two counties, PostgreSQL and MariaDB, in order: each test goes on where the one before left off. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeliverIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SECRET = "county'pass";
    private static final int PEOPLE = 400;
    private static final String WUHUA = "530102";
    private static final String CHENGGONG = "530114";

    @TempDir
    static Path dir;

    private static AgencyPostgres postgres;
    private static AgencyMariaDb mariadb;
    private static DataDirectory data;
    private static ReleaseRoom room;
    private static Deliveries deliveries;
    private static final CopyOnWriteArrayList<Throwable> bugs = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        data = DataDirectory.open(dir.resolve("servers"));
        CompletableFuture<AgencyPostgres> other = CompletableFuture.supplyAsync(DeliverIT::postgres);
        mariadb = AgencyMariaDb.start(data);
        postgres = other.get();
        logins();
        room = new ReleaseRoom(
                dir.resolve("room"),
                Map.of(
                        "postgresql.host", postgres.host(),
                        "postgresql.port", Integer.toString(postgres.port()),
                        "mariadb.host", mariadb.host(),
                        "mariadb.port", Integer.toString(mariadb.port())));
        for (int n = 0; n < PEOPLE; n++) {
            lives(n, n % 2 == 0 ? WUHUA : CHENGGONG);
        }
        await().atMost(LIMIT).until(room::settled);
        begin();
    }

    @AfterAll
    static void stop() {
        deliveries.close();
        room.close();
        mariadb.close();
        postgres.close();
        assertThat(bugs).isEmpty();
    }

    @Test
    @Order(1)
    void aStockJdbcClientReadsTheCountysReturnedTable() throws Exception {
        // Given
        room.approved("wuhua-return");
        room.approved("chenggong-return");
        assertThat(room.desk.awaitFlow("wuhua-return", LIMIT)).isTrue();
        assertThat(room.desk.awaitFlow("chenggong-return", LIMIT)).isTrue();
        // When
        deliver();
        // Then
        settled();
        assertThat(wuhua()).hasSize(PEOPLE / 2).containsEntry(ReleaseRoom.id(0), name(0));
        assertThat(chenggong()).hasSize(PEOPLE / 2).containsEntry(ReleaseRoom.id(1), name(1));
    }

    @Test
    @Order(2)
    void aMoveBetweenTwoCountiesLeavesOneAndArrivesInTheOther() throws Exception {
        // When
        lives(0, CHENGGONG);
        lives(1, WUHUA);
        lives(2, "530103");
        room.person(ReleaseRoom.id(3), null);
        // Then
        settled();
        assertThat(wuhua())
                .hasSize(PEOPLE / 2 - 1)
                .containsKey(ReleaseRoom.id(1))
                .doesNotContainKeys(ReleaseRoom.id(0), ReleaseRoom.id(2));
        assertThat(chenggong())
                .hasSize(PEOPLE / 2 - 1)
                .containsKey(ReleaseRoom.id(0))
                .doesNotContainKeys(ReleaseRoom.id(1), ReleaseRoom.id(3));
    }

    @Test
    @Order(3)
    void aKilledProcessIsGoneOnFromWhatTheDatabaseSays() throws Exception {
        // Given
        deliveries.close();
        for (int round = 0; round < 3; round++) {
            Process doomed = DoomedDelivery.start(dir, room, SECRET);
            try {
                // When
                for (int n = 10; n < PEOPLE; n++) {
                    lives(n, (n + round) % 2 == 0 ? CHENGGONG : WUHUA);
                }
                await().atMost(LIMIT).until(() -> DoomedDelivery.busy(dir));
                Thread.sleep(20L * round);
            } finally {
                doomed.destroyForcibly().waitFor();
            }
        }
        begin();
        deliver();
        // Then
        settled();
        Map<String, String> own = wuhua();
        Map<String, String> other = chenggong();
        for (int n = 10; n < PEOPLE; n++) {
            assertThat(n % 2 == 0 ? other : own).containsEntry(ReleaseRoom.id(n), name(n));
            assertThat(n % 2 == 0 ? own : other).doesNotContainKey(ReleaseRoom.id(n));
        }
    }

    @Test
    @Order(4)
    void aSuspendedReturnFreezesAndANewEpochTakesOverInOneStep() throws Exception {
        // Given
        Map<String, Map<String, String>> before = Map.of("wuhua-return", wuhua(), "chenggong-return", chenggong());
        own("create view tongdao.names as select _key, full_name from tongdao.wuhua_return");
        other("create index names on chenggong.chenggong_return (full_name)");
        for (String grant : before.keySet()) {
            room.desk.suspend(grant, "test", "an order");
            assertThat(room.desk.awaitCut(grant, LIMIT)).isTrue();
        }
        deliver();
        room.people(20, "2");
        await().atMost(LIMIT).until(room::settled);
        assertThat(wuhua()).isEqualTo(before.get("wuhua-return"));
        assertThat(chenggong()).isEqualTo(before.get("chenggong-return"));
        // When
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Set<Integer>> seen = CompletableFuture.supplyAsync(() -> sizes(over));
        for (String grant : before.keySet()) {
            room.desk.resume(grant, "test");
            assertThat(room.desk.awaitFlow(grant, LIMIT)).isTrue();
        }
        deliver();
        try {
            settled();
        } finally {
            over.set(true);
        }
        // Then
        assertThat(seen.get()).containsOnly(before.get("wuhua-return").size(), wuhua().size());
        assertThat(wuhua()).containsKeys(ReleaseRoom.id(18)).doesNotContainKey(ReleaseRoom.id(1));
        assertThat(chenggong()).doesNotContainKey(ReleaseRoom.id(10));
        assertThat(number(own(), "select count(*) from tongdao.names")).isEqualTo(wuhua().size());
        assertThat(
                        number(
                                other(),
                                "select count(*) from information_schema.statistics where table_schema = 'chenggong' and index_name = 'names'"))
                .isEqualTo(1);
        assertThat(
                        number(
                                own(),
                                "select count(*) from information_schema.tables where table_schema = 'tongdao' and table_name like '%next'"))
                .isZero();
        assertThat(
                        number(
                                other(),
                                "select count(*) from information_schema.tables where table_schema = 'chenggong' and table_name like '%next'"))
                .isZero();
    }

    @Test
    @Order(5)
    void aDatabaseThatIsDownHoldsUpNobodyElse() throws Exception {
        // Given
        mariadb.close();
        // When
        lives(31, CHENGGONG);
        lives(30, WUHUA);
        // Then
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(wuhua()).containsKey(ReleaseRoom.id(30)).doesNotContainKey(ReleaseRoom.id(31)));
        await().atMost(LIMIT).until(() -> status("chenggong-return").state() == State.STANDING);
        assertThat(status("chenggong-return").reason()).contains("SQL state 08");
        mariadb = AgencyMariaDb.start(data);
        settled();
        assertThat(chenggong()).containsKey(ReleaseRoom.id(31)).doesNotContainKey(ReleaseRoom.id(30));
        assertThat(status("chenggong-return").reason()).isNull();
    }

    @Test
    @Order(6)
    void aTableOfTheCountysOwnIsNeverOverwritten() throws Exception {
        // Given
        own("create table tongdao.foreign_return (note text)");
        own("insert into tongdao.foreign_return values ('ours')");
        Grant grant = room.desk.list().get("wuhua-return");
        DeliveryFeed real = DeliveryFeed.of(GrantPlan.compile(room.plan, grant));
        DeliveryFeed feed = new DeliveryFeed(
                "foreign-return",
                "foreign_return",
                real.source(),
                real.topic(),
                real.epoch(),
                real.schema(),
                real.items(),
                real.markers());
        Receiver receiver = room.plan.receiver("kunming-wuhua").orElseThrow();
        // When
        try (Delivery second =
                Delivery.start(room.client(Principals.DELIVER), room.wire(), receiver, () -> SECRET, bugs::add)) {
            second.follow(Set.of(feed));
            await().atMost(LIMIT).until(() -> second.status().getFirst().state() == State.STANDING);
            // Then
            assertThat(second.status().getFirst().reason()).contains("foreign_return", "never overwritten");
        }
        assertThat(number(own(), "select count(*) from tongdao.foreign_return where note = 'ours'"))
                .isEqualTo(1);
    }

    @Test
    @Order(7)
    void deliveryMayReadNothingElse() throws Exception {
        assertThat(Principals.of(room.plan).get(Principals.DELIVER)).isEmpty();
        try (var consumer = room.consumer(Principals.DELIVER, Map.of())) {
            assertThat(consumer.listTopics().keySet())
                    .containsExactlyInAnyOrder("return.530102.wuhua-return.e2", "return.530114.chenggong-return.e2");
        }
    }

    @Test
    @Order(8)
    void everyTypeArrivesAndItemsComeAndGoWithTheNextEpoch() throws Exception {
        for (Receiver receiver : room.plan.receivers().values()) {
            // Given
            boolean maria = receiver.engine() == Receiver.Engine.MARIADB;
            try (TypedReturn typed = new TypedReturn(room, receiver, SECRET, bugs::add)) {
                typed.release(TypedReturn.FIRST);
                // When
                await().atMost(LIMIT).until(() -> typed.delivered() == 4);
                // Then
                try (Connection connection = maria ? other() : own()) {
                    String table = receiver.schema() + ".all_types";
                    assertThat(rows(
                                    connection,
                                    "select _key, concat_ws('|', word, prose, born, seen, big, flag, amount) from "
                                            + table + " where prose is not null"))
                            .isEqualTo(Map.of(
                                    "a",
                                    "𠮷'\\\"|" + "长".repeat(300)
                                            + "|1900-01-01|1986-05-04 00:30:00.000001|-9007199254740993|"
                                            + (maria ? "1" : "t") + "|-12345678.90"));
                    assertThat(number(
                                    connection,
                                    "select count(*) from " + table + " where born is null and amount is null"))
                            .isEqualTo(1);
                    // When
                    typed.release(TypedReturn.SECOND);
                    // Then
                    await().atMost(LIMIT)
                            .ignoreExceptions()
                            .untilAsserted(() -> assertThat(rows(
                                            connection, "select _key, concat_ws('|', word, born, added) from " + table))
                                    .isEqualTo(Map.of("a", "二|1900|7")));
                    await().atMost(LIMIT)
                            .untilAsserted(() -> assertThat(rows(
                                            connection,
                                            "select column_name, data_type from information_schema.columns where table_schema = '"
                                                    + receiver.schema() + "' and table_name = 'all_types'"))
                                    .containsKeys("added", "born")
                                    .doesNotContainKeys("amount", "seen", "prose"));
                }
            }
        }
    }

    static void lives(int n, String county) {
        room.person(ReleaseRoom.id(n), Map.of("full_name", name(n), "hukou_division", county));
    }

    /** With a character of four bytes. */
    private static String name(int n) {
        return "𠮷三" + n;
    }

    private static void begin() {
        deliveries = new Deliveries(receiver ->
                Delivery.start(room.client(Principals.DELIVER), room.wire(), receiver, () -> SECRET, bugs::add));
    }

    /** What flows is delivered. */
    private static void deliver() {
        deliveries.follow(feeds(room));
    }

    static Map<Receiver, Set<DeliveryFeed>> feeds(ReleaseRoom room) {
        Map<Receiver, Set<DeliveryFeed>> feeds = new HashMap<>();
        room.plan.receivers().values().forEach(receiver -> feeds.put(receiver, new HashSet<>()));
        for (Grant grant : room.desk.list().values()) {
            if (grant.status() == Grant.Status.ACTIVE) {
                feeds.get(room.plan.receiver(grant.consumer()).orElseThrow())
                        .add(DeliveryFeed.of(GrantPlan.compile(room.plan, grant)));
            }
        }
        return feeds;
    }

    private static void settled() {
        await().atMost(LIMIT).until(room::settled);
        await().atMost(LIMIT).until(() -> deliveries.caughtUp(room.ends()));
    }

    private static DeliveryStatus status(String grant) {
        return deliveries.status().stream()
                .filter(one -> one.grant().equals(grant))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Integer> sizes(AtomicBoolean over) {
        Set<Integer> sizes = new HashSet<>();
        try (Connection connection = own()) {
            while (!over.get()) {
                sizes.add(number(connection, "select count(*) from tongdao.wuhua_return"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return sizes;
    }

    private static Map<String, String> wuhua() throws SQLException {
        try (Connection connection = own()) {
            return rows(connection, "select _key, full_name from tongdao.wuhua_return");
        }
    }

    private static Map<String, String> chenggong() throws SQLException {
        try (Connection connection = other()) {
            return rows(connection, "select _key, full_name from chenggong.chenggong_return");
        }
    }

    /** As the county's programs connect: plain JDBC, its own user. */
    private static Connection own() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("wuhua"), "wuhua", SECRET);
    }

    private static Connection other() throws SQLException {
        return DriverManager.getConnection(mariadb.jdbcUrl("chenggong"), "chenggong", SECRET);
    }

    private static Map<String, String> rows(Connection connection, String sql) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.put(found.getString(1), found.getString(2));
            }
        }
        return rows;
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getInt(1);
        }
    }

    private static void own(String sql) throws SQLException {
        run(own(), sql);
    }

    private static void other(String sql) throws SQLException {
        run(other(), sql);
    }

    private static void run(Connection opened, String sql) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static AgencyPostgres postgres() {
        try {
            return AgencyPostgres.start(data);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each owns its database, and nothing else; in MariaDB the delivery makes it. */
    private static void logins() throws SQLException {
        try (Connection connection = postgres.connect("postgres")) {
            run(connection, "create role wuhua login password 'county''pass'");
        }
        run(postgres.connect("postgres"), "create database wuhua owner wuhua");
        run(mariadb.connect("mysql"), "create user chenggong@'127.0.0.1' identified by 'county''pass'");
        run(
                mariadb.connect("mysql"),
                "grant select, insert, update, delete, create, alter, drop, index on chenggong.* to chenggong@'127.0.0.1'");
    }
}
