package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.Collector;
import io.tongdao.collect.Reject;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.Source.Engine;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type table on real databases: each case once read by a snapshot and once from the log, with the same result. */
class CollectTypesIT {
    private static final int LARGE = 1_000_000;
    /** In summer time of Asia/Shanghai (1986-91) midnight is another instant; 1988-04-17 even has no 00:30 there. */
    private static final LocalDate BORN = LocalDate.of(1988, 4, 17);

    private static final LocalDateTime SEEN = LocalDateTime.of(1988, 4, 17, 0, 30);

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

    private static Map<String, ItemType> items() {
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("cid", new ItemType.CitizenIdType());
        items.put("born", new ItemType.Date());
        items.put("seen", new ItemType.Timestamp());
        items.put("paid", new ItemType.Decimal(12, 2));
        items.put("padded", new ItemType.Text(10));
        items.put("large", new ItemType.Text(2 * LARGE));
        items.put("flag", new ItemType.Bool());
        items.put("small", new ItemType.Int());
        items.put("wide", new ItemType.BigInt());
        items.put("han", new ItemType.Text(50));
        return items;
    }

    private static String good(int pk) {
        return "(%d, '%s', '%s', '%s', 1234.50, 'ab', '%s', true, -7, 4611686018427387904, '龙凤·赵')"
                .formatted(pk, Ids.citizen(pk), BORN, SEEN.toString().replace('T', ' '), "长".repeat(LARGE / 3));
    }

    private static void assertGood(GenericRecord record) {
        assertThat(record.get("born")).isEqualTo((int) BORN.toEpochDay());
        assertThat(record.get("seen")).isEqualTo(TimeUnit.SECONDS.toMicros(SEEN.toEpochSecond(ZoneOffset.UTC)));
        assertThat(record.get("paid")).isEqualTo(new BigDecimal("1234.50"));
        assertThat(record.get("padded")).isEqualTo("ab");
        assertThat(record.get("large").toString()).hasSize(LARGE / 3);
        assertThat(record.get("flag")).isEqualTo(true);
        assertThat(record.get("small")).isEqualTo(-7);
        assertThat(record.get("wide")).isEqualTo(4611686018427387904L);
        assertThat(record.get("han")).isEqualTo("龙凤·赵");
    }

    /** Row 1 is good, rows 2.. are bad; then the same as rows 101.. from the log, and at last all of them are made good. */
    private static void run(Source source, String table, Map<String, String> bad, String create) throws Exception {
        land.run(source, create.split(";"));
        Plan plan = new SourceTables().add(source, table, items(), "cid").plan();
        land.provision(plan);
        Topic topic = plan.datasets().values().iterator().next().topic();
        insert(source, 1, bad);
        Collector collector = land.collect(plan, source);
        People.awaitStreaming(collector);
        assertState(source, topic, 1, bad);
        insert(source, 101, bad);
        assertState(source, topic, 101, bad);

        land.run(
                source,
                "UPDATE t SET large = concat(large, '久') WHERE pk = 101",
                "UPDATE t SET small = 8 WHERE pk = 101");
        land.run(
                source,
                "UPDATE t SET born = '1988-04-17', seen = '1988-04-17 00:30:00', paid = 1.00, han = 'x' WHERE pk NOT"
                        + " IN (1, 101)");
        await().atMost(People.SOON).untilAsserted(() -> {
            assertThat(land.rejects(source.agency() + ".t|")).isEmpty();
            TopicView view = land.view(topic);
            assertThat(view.latest()).hasSize(2 + 2 * bad.size());
            assertThat(view.value(Ids.citizen(101)).get("small")).isEqualTo(8);
            assertThat(view.value(Ids.citizen(101)).get("large").toString()).hasSize(LARGE / 3 + 1);
        });
        assertThat(land.shape(source.agency() + ".t").changes())
                .as("snapshot and log show the same table")
                .isEmpty();
        assertThat(land.failures).isEmpty();
    }

    private static void insert(Source source, int first, Map<String, String> bad) throws Exception {
        land.run(source, "INSERT INTO t VALUES " + good(first));
        int pk = first + 1;
        for (String column : bad.keySet()) {
            String name = column.substring(0, column.indexOf('='));
            land.run(
                    source,
                    "INSERT INTO t (pk, cid, %s) VALUES (%d, '%s', %s)"
                            .formatted(name, pk, Ids.citizen(pk), column.substring(name.length() + 1)));
            pk++;
        }
    }

    private static void assertState(Source source, Topic topic, int first, Map<String, String> bad) {
        await().atMost(People.SOON).untilAsserted(() -> {
            TopicView view = land.view(topic);
            assertThat(view.latest())
                    .containsOnlyKeys(
                            first == 1 ? List.of(Ids.citizen(1)) : List.of(Ids.citizen(1), Ids.citizen(first)));
            assertGood(view.value(Ids.citizen(first)));
            List<Reject> rejects = land.rejects(source.agency() + ".t|");
            assertThat(rejects).hasSize(first == 1 ? bad.size() : 2 * bad.size());
            assertThat(rejects.stream().map(r -> r.item() + " " + r.code()).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(
                            bad.values().stream().distinct().toList());
        });
    }

    @Test
    void postgresql() throws Exception {
        // Given
        Source source = land.source(Engine.POSTGRESQL, "types");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("born='infinity'", "born date.zero-or-infinite");
        bad.put("born='-infinity'", "born date.zero-or-infinite");
        bad.put("born='0044-03-15 BC'", "born date.zero-or-infinite");
        bad.put("seen='infinity'", "seen date.zero-or-infinite");
        bad.put("paid='NaN'", "paid type.number");
        bad.put("paid=12345678901.5", "paid number.out-of-range");
        bad.put("paid=0.001", "paid decimal.too-many-fraction-digits");

        // When, Then
        run(
                source,
                "public.t",
                bad,
                "CREATE TABLE t (pk bigint PRIMARY KEY, cid char(20) UNIQUE, born date, seen timestamp, paid numeric,"
                        + " padded char(10), large text, flag boolean, small smallint, wide bigint, han varchar(50));"
                        + "ALTER TABLE t REPLICA IDENTITY FULL");
    }

    @Test
    void mariaDbWithAGbkColumn() throws Exception {
        // Given
        Source source = land.source(Engine.MARIADB, "types_maria");
        land.run(source, "SET GLOBAL sql_mode = ''");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("born='0000-00-00'", "born date.zero-or-infinite");
        bad.put("born='1990-00-15'", "born date.zero-or-infinite");
        bad.put("seen='0000-00-00 00:00:00'", "seen date.zero-or-infinite");
        bad.put("paid=12345678901.5", "paid number.out-of-range");
        bad.put("paid=0.001", "paid decimal.too-many-fraction-digits");

        // When, Then
        run(
                source,
                "types_maria.t",
                bad,
                "CREATE TABLE t (pk bigint PRIMARY KEY, cid char(20) UNIQUE, born date, seen datetime(6) NOT NULL"
                        + " DEFAULT '2000-01-01', paid decimal(20,4), padded char(10), large mediumtext, flag bit(1),"
                        + " small smallint, wide bigint unsigned, han varchar(50) CHARACTER SET gbk)");
    }

    @Test
    void aMarriageIsARecordForEachOfTwo() throws Exception {
        // Given
        Source source = land.source(Engine.POSTGRESQL, "mz");
        land.run(
                source,
                "CREATE TABLE hydj (no varchar(20) PRIMARY KEY, man varchar(20), woman varchar(20))",
                "ALTER TABLE hydj REPLICA IDENTITY FULL",
                "INSERT INTO hydj VALUES ('J1', '%s', '%s')".formatted(Ids.citizen(1), Ids.citizen(2)));
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("no", new ItemType.Text(20));
        items.put("man", new ItemType.CitizenIdType());
        items.put("woman", new ItemType.CitizenIdType());
        items.put(SubjectPlan.ROLE_ITEM, new ItemType.Text(20));
        Plan plan = new SourceTables()
                .add(
                        source,
                        "public.hydj",
                        items,
                        List.of(
                                new SubjectPlan("husband", SubjectKind.PERSON, "man", Map.of()),
                                new SubjectPlan("wife", SubjectKind.PERSON, "woman", Map.of())),
                        "no")
                .plan();
        land.provision(plan);
        Topic topic = plan.datasets().get("mz.hydj").topic();
        People.awaitStreaming(land.collect(plan, source));

        // When
        land.run(source, "UPDATE hydj SET woman = '%s'".formatted(Ids.citizen(3)));

        // Then
        await().atMost(People.SOON)
                .untilAsserted(() -> assertThat(land.view(topic).item(SubjectPlan.ROLE_ITEM))
                        .isEqualTo(Map.of(
                                Ids.citizen(1) + "|husband:J1", "husband",
                                Ids.citizen(3) + "|wife:J1", "wife")));
        assertThat(land.view(topic).records())
                .filteredOn(r -> r.key()[0] != '!')
                .allSatisfy(r -> assertThat(Lineage.dataset(r.headers())).isEqualTo("mz.hydj"));
    }
}
