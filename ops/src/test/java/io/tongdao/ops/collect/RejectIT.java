package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.Collector;
import io.tongdao.collect.Reject;
import io.tongdao.contract.plan.Source.Engine;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import io.tongdao.ops.provision.CollectDesk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rejects end when their rows are well or gone, and rows can be fetched again; on real databases and a real broker. */
class RejectIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String WRONG = "53010219900307123X";

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

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aRejectEndsWhenItsRowIsCorrectedOrDeletedAndAnInvalidRowLeavesItsKey(Engine engine) throws Exception {
        // Given
        People people = People.in(land, engine, "ends_" + word(engine));
        people.insert(0, 4);
        people.run("INSERT INTO person VALUES (10, '" + WRONG + "', '甲'), (11, '1', '乙')");
        people.collectAndStream();
        awaitRejects(people, 2);
        assertThat(people.topic().latest()).containsKey(Ids.citizen(3));

        // When
        people.run(
                "UPDATE person SET cid = '" + Ids.citizen(10) + "' WHERE pk = 10",
                "DELETE FROM person WHERE pk = 11",
                "UPDATE person SET cid = '2' WHERE pk = 3");

        // Then
        List<Reject> left = awaitRejects(people, 1);
        assertThat(left).extracting(Reject::code).containsExactly("id.length");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(people.topic().latest())
                        .containsKey(Ids.citizen(10))
                        .doesNotContainKey(Ids.citizen(3)));
        assertNoValueInRejects();
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aRowThatWasCorrectedWithoutATraceIsFetchedAgain(Engine engine) throws Exception {
        // Given
        People people = People.in(land, engine, "fetched_" + word(engine));
        people.insert(0, 5_000);
        people.run(
                "UPDATE person SET cid = '1' WHERE pk = 7",
                "UPDATE person SET cid = '2' WHERE pk = 4711",
                "UPDATE person SET cid = '3' WHERE pk = 4712");
        Collector collector = people.collectAndStream();
        List<Reject> rejects = awaitRejects(people, 3);
        withoutATrace(
                people,
                "UPDATE person SET cid = '" + Ids.citizen(7) + "' WHERE pk = 7",
                "DELETE FROM person WHERE pk = 4711");
        int records = people.topic().records().size();
        CollectDesk desk = desk(people);

        // When
        CollectDesk.Retried order = desk.retry(people.dataset().id(), List.of(), "test");
        List<CollectDesk.OpenReject> left = desk.awaitRetried(order, SOON);

        // Then
        assertThat(order.rows()).hasSize(3);
        assertThat(left).as("the one that is still wrong").hasSize(1);
        assertThat(left.getFirst().reject().pos())
                .isNotEqualTo(pos(rejects, left.getFirst().reject()));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(people.topic().latest()).containsKey(Ids.citizen(7)));
        assertThat(people.topic().records().size() - records)
                .as("the table is read, and only the wanted rows get through")
                .isEqualTo(1);

        // And later changes of the row come above it
        people.run("UPDATE person SET name = '后' WHERE pk = 7", "DELETE FROM person WHERE pk = 4712");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(people.topic().itemByPosition("name")).containsEntry(Ids.citizen(7), "后"));
        awaitRejects(people, 0);
        people.awaitEqual();
        assertThat(collector.status().running()).isTrue();
        assertNoValueInRejects();
    }

    @Test
    void anOrderIsObeyedOnceAlsoIfTheCollectionIsStoppedMeanwhile() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "stopped");
        people.run("INSERT INTO person VALUES (1, '1', '甲')");
        people.collectAndStream();
        awaitRejects(people, 1);
        land.closeCollectors();
        withoutATrace(people, "UPDATE person SET cid = '" + Ids.citizen(1) + "' WHERE pk = 1");
        CollectDesk desk = desk(people);

        // When
        CollectDesk.Retried order = desk.retry(people.dataset().id(), List.of(), "test");
        people.collect();
        List<CollectDesk.OpenReject> left = desk.awaitRetried(order, SOON);
        long records = told(people, Ids.citizen(1));
        land.closeCollectors();
        people.collectAndStream();
        people.insert(50, 51);
        people.awaitEqual();

        // Then
        assertThat(left).isEmpty();
        assertThat(records).isEqualTo(1);
        assertThat(told(people, Ids.citizen(1))).isEqualTo(records);
        assertThatThrownBy(() -> desk.retry(people.dataset().id(), List.of(), "test"))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("no row of");
    }

    /** As after a Tongdao that knew less: today's sees nothing wrong in the row before the change. */
    @Test
    void aRejectOfAnEarlierTongdaoEndsWithTheNextChangeOfItsRow() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "earlier");
        people.insert(1, 3);
        people.collectAndStream();
        land.closeCollectors();
        List<String> rows = rows(people);
        for (String row : rows) {
            rejectByHand(people, row);
        }
        awaitRejects(people, 2);

        // When
        people.collect();
        people.run("UPDATE person SET name = '后' WHERE pk = 1", "DELETE FROM person WHERE pk = 2");

        // Then
        awaitRejects(people, 0);
        people.awaitEqual();
    }

    /** How often a key was written. */
    private static long told(People people, String key) {
        return people.topic().records().stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key))
                .count();
    }

    private static List<String> rows(People people) {
        List<String> rows = new ArrayList<>();
        people.topic()
                .latest()
                .values()
                .forEach(record -> rows.add(
                        java.util.HexFormat.of().formatHex(io.tongdao.contract.topic.Lineage.row(record.headers()))));
        return rows;
    }

    private static void rejectByHand(People people, String row) throws ExecutionException, InterruptedException {
        String value =
                "\1{\"dataset\":\"%s\",\"pos\":\"%s\",\"op\":\"r\",\"row\":\"%s\",\"item\":\"name\",\"code\":\"text.too-long\"}"
                        .formatted(people.dataset().id(), "00000001" + "0".repeat(40), row);
        try (var producer = new KafkaProducer<>(
                land.broker.adminSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = (people.dataset().id() + '|' + row).getBytes(StandardCharsets.UTF_8);
            var record = new ProducerRecord<>(Names.REJECTS, 0, key, value.getBytes(StandardCharsets.UTF_8));
            record.headers()
                    .add(io.tongdao.contract.topic.Lineage.POS, new io.tongdao.contract.topic.Pos(1, 0, 0, 0).bytes());
            producer.send(record).get();
        }
    }

    /** What a restore, or somebody with the right to, does to a table: its log tells nothing. */
    private static void withoutATrace(People people, String... statements) throws Exception {
        boolean pg = people.source().engine() == Engine.POSTGRESQL;
        List<String> all = new ArrayList<>(List.of(statements));
        all.addFirst(pg ? "ALTER PUBLICATION tongdao DROP TABLE person" : "SET sql_log_bin = 0");
        all.add(pg ? "ALTER PUBLICATION tongdao ADD TABLE person" : "SET sql_log_bin = 1");
        people.run(all.toArray(String[]::new));
    }

    private static CollectDesk desk(People people) {
        return new CollectDesk(land.broker.adminSettings(), people.plan(), InstantSource.system());
    }

    private static List<Reject> awaitRejects(People people, int count) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(land.rejects(people.dataset().id() + '|')).hasSize(count));
        return land.rejects(people.dataset().id() + '|');
    }

    private static String pos(List<Reject> rejects, Reject of) {
        return rejects.stream()
                .filter(one -> one.row().equals(of.row()))
                .map(Reject::pos)
                .findFirst()
                .orElseThrow();
    }

    private static void assertNoValueInRejects() {
        var topic = land.view(new Topic(Names.REJECTS, 1, Policy.CONTROL, null));
        for (var record : topic.records()) {
            String all = new String(record.key(), StandardCharsets.UTF_8)
                    + (record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8));
            assertThat(all).doesNotContain(WRONG, Ids.citizen(7), Ids.citizen(10), "甲", "乙", "后");
        }
    }

    private static String word(Engine engine) {
        return engine.name().toLowerCase(Locale.ROOT);
    }
}
