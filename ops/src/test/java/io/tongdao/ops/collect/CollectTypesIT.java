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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
