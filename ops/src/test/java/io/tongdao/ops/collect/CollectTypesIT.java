package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.Source.Engine;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Topic;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type table on real databases: each case once read by a snapshot and once from the log, with the same result. */
class CollectTypesIT {
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
        TypeTable.run(
                land,
                source,
                "public.t",
                bad,
                "CREATE TABLE t (pk bigint PRIMARY KEY, cid char(20) UNIQUE, born date, seen timestamp, paid numeric,"
                        + " padded char(10), large text, flag boolean, small smallint, wide bigint, han varchar(50));"
                        + "ALTER TABLE t REPLICA IDENTITY FULL");
    }

    @Test
    void postgresqlsOwnTypesAsText() throws Exception {
        // Given
        Source source = land.source(Engine.POSTGRESQL, "own");
        land.run(
                source,
                "CREATE TYPE mood AS ENUM ('calm', '急')",
                "CREATE TABLE t (pk bigint PRIMARY KEY, cid char(20) UNIQUE, tags text[], marks int[], doc jsonb,"
                        + " uid uuid, mood mood, seen timestamptz)",
                "CREATE TABLE wrong (pk bigint PRIMARY KEY, cid char(20) UNIQUE, born date)",
                "ALTER TABLE t REPLICA IDENTITY FULL",
                "ALTER TABLE wrong REPLICA IDENTITY FULL",
                own(1),
                "INSERT INTO wrong VALUES (1, '%s', '1988-04-17')".formatted(Ids.citizen(1)));
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("cid", new ItemType.CitizenIdType());
        items.put("tags", new ItemType.Text(40));
        items.put("marks", new ItemType.Text(40));
        items.put("doc", new ItemType.Text(100));
        items.put("uid", new ItemType.Text(36));
        items.put("mood", new ItemType.Text(10));
        items.put("seen", new ItemType.Timestamp());
        Map<String, ItemType> wrong = new LinkedHashMap<>();
        wrong.put("cid", new ItemType.CitizenIdType());
        wrong.put("born", new ItemType.Text(10));
        Plan plan = new SourceTables()
                .add(source, "public.t", items, "cid")
                .add(source, "public.wrong", wrong, "cid")
                .plan();
        land.provision(plan);
        People.awaitStreaming(land.collect(plan, source));

        // When
        land.run(source, own(2), "INSERT INTO wrong VALUES (2, '%s', '1988-04-17')".formatted(Ids.citizen(2)));

        // Then
        Topic topic = plan.datasets().get("own.t").topic();
        await().atMost(People.SOON).untilAsserted(() -> {
            TopicView view = land.view(topic);
            assertThat(view.latest()).containsOnlyKeys(List.of(Ids.citizen(1), Ids.citizen(2)));
            for (int pk = 1; pk <= 2; pk++) {
                GenericRecord row = view.value(Ids.citizen(pk));
                assertThat(row.get("tags")).hasToString("[\"低保\",null,\"a\\\"b\"]");
                assertThat(row.get("marks")).hasToString("[1,2,3]");
                assertThat(row.get("doc").toString().replace(" ", "")).isEqualTo("{\"户\":1}");
                assertThat(row.get("uid")).hasToString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
                assertThat(row.get("mood")).hasToString("急");
                LocalDateTime seen = LocalDateTime.of(2026, 1, 1, 8, 0);
                assertThat(row.get("seen")).isEqualTo(TimeUnit.SECONDS.toMicros(seen.toEpochSecond(ZoneOffset.UTC)));
            }
            assertThat(land.rejects("own.wrong|")).as("a date is no text").hasSize(2);
        });
        assertThat(land.view(plan.datasets().get("own.wrong").topic()).latest()).isEmpty();
    }

    private static String own(int pk) {
        return "INSERT INTO t VALUES (%d, '%s', '{低保,NULL,\"a\\\"b\"}', '{1,2,3}', '{\"户\": 1}', '%s', '急', '%s')"
                .formatted(pk, Ids.citizen(pk), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "2026-01-01 00:00:00+00");
    }

    @Test
    void mariaDbWithAGbkColumn() throws Exception {
        TypeTable.ofABinlog(land, land.source(Engine.MARIADB, "types_maria"));
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
