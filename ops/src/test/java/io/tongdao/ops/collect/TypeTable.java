package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.Collector;
import io.tongdao.collect.Reject;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.topic.Topic;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/** The type table on one real database, whether its server is embedded or in a container. */
final class TypeTable {
    private static final int LARGE = 1_000_000;
    /** In summer time of Asia/Shanghai (1986-91) midnight is another instant; 1988-04-17 even has no 00:30 there. */
    private static final LocalDate BORN = LocalDate.of(1988, 4, 17);

    private static final LocalDateTime SEEN = LocalDateTime.of(1988, 4, 17, 0, 30);

    private TypeTable() {}

    /** MariaDB or MySQL: zero dates, an unsigned number, a GBK column. */
    static void ofABinlog(Landscape land, Source source) throws Exception {
        // Given
        land.run(source, "SET GLOBAL sql_mode = ''");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("born='0000-00-00'", "born date.zero-or-infinite");
        bad.put("born='1990-00-15'", "born date.zero-or-infinite");
        bad.put("seen='0000-00-00 00:00:00'", "seen date.zero-or-infinite");
        bad.put("paid=12345678901.5", "paid number.out-of-range");
        bad.put("paid=0.001", "paid decimal.too-many-fraction-digits");

        // When, Then
        run(
                land,
                source,
                source.database() + ".t",
                bad,
                "CREATE TABLE t (pk bigint PRIMARY KEY, cid char(20) UNIQUE, born date, seen datetime(6) NOT NULL"
                        + " DEFAULT '2000-01-01', paid decimal(20,4), padded char(10), large mediumtext, flag bit(1),"
                        + " small smallint, wide bigint unsigned, han varchar(50) CHARACTER SET gbk)");
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
    static void run(Landscape land, Source source, String table, Map<String, String> bad, String create)
            throws Exception {
        land.run(source, create.split(";"));
        Plan plan = new SourceTables().add(source, table, items(), "cid").plan();
        land.provision(plan);
        Topic topic = plan.datasets().values().iterator().next().topic();
        insert(land, source, 1, bad);
        Collector collector = land.collect(plan, source);
        People.awaitStreaming(collector);
        assertState(land, source, topic, 1, bad);
        insert(land, source, 101, bad);
        assertState(land, source, topic, 101, bad);

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
        assertThat(land.breaks()).isEmpty();
    }

    private static void insert(Landscape land, Source source, int first, Map<String, String> bad) throws Exception {
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

    private static void assertState(Landscape land, Source source, Topic topic, int first, Map<String, String> bad) {
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
}
