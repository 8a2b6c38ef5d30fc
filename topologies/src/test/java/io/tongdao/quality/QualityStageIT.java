package io.tongdao.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import io.tongdao.runtime.OneBroker;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageFailure;
import io.tongdao.runtime.StageStatus;
import io.tongdao.runtime.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage on a real broker with several partitions: counts each version once over a restart and a replay, and follows new rules. */
class QualityStageIT {
    private static final int PARTITIONS = 3;
    private static final int PEOPLE = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String DATASET = "ga.household_population";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final AtomicReference<StageFailure> failure = new AtomicReference<>();
    private Plan plan;
    private WireFormat wire;
    private OneBroker broker;

    @BeforeEach
    void start() throws Exception {
        plan = QualityDriver.plan(dir, Map.of());
        wire = QualityDriver.wire(plan);
        broker = new OneBroker(dir.resolve("broker"));
        List<NewTopic> topics = Stream.concat(
                        plan.datasets().values().stream().map(d -> d.topic().name()), Stream.of(Names.QUALITY))
                .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                .toList();
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(broker.client()))) {
            admin.createTopics(topics).all().get();
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void countsEachVersionOnceOverARestartAndAReplay() throws Exception {
        // Given
        produce(1, person -> value(person, "h" + person / 2));
        try (Stage stage = stage(plan)) {
            awaitFigures(stage, Map.of("now uniqueness.household_no", "0/" + PEOPLE));
        }

        // When
        produce(1, person -> value(person, "h" + person / 2));
        produce(2, person -> person % 2 == 0 ? null : value(person, "h" + person / 2));
        Map<String, byte[]> held;
        try (Stage stage = stage(plan)) {
            held = awaitFigures(
                    stage,
                    Map.of(
                            "now uniqueness.household_no", PEOPLE / 2 + "/" + PEOPLE / 2,
                            "now format.gender_code", PEOPLE / 2 + "/" + PEOPLE / 2,
                            "2026-03-02 format.gender_code", PEOPLE * 3 / 2 + "/" + PEOPLE * 3 / 2));
        }

        // Then
        assertThat(QualityDriver.broken(held)).isEmpty();
        assertThat(failure).hasValue(null);
    }

    @Test
    void rowsThatStandStillAreJudgedByNewRules() throws Exception {
        // Given
        produce(1, person -> value(person, "h" + person));
        try (Stage stage = stage(plan)) {
            awaitFigures(stage, Map.of("now uniqueness.household_no", PEOPLE + "/" + PEOPLE));
        }
        Plan next = QualityDriver.plan(dir, Map.of("ga/household_population", "rules: {required: [hukou_address]}\n"));

        // When
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(broker.client()))) {
            admin.deleteConsumerGroupOffsets(
                            StreamsSettings.applicationId(QualityStage.NAME), java.util.Set.copyOf(partitions()))
                    .all()
                    .get();
        }
        Map<String, byte[]> held;
        try (Stage stage = stage(next)) {
            held = awaitFigures(
                    stage,
                    Map.of(
                            "now completeness.hukou_address", "0/" + PEOPLE,
                            "now format.gender_code", PEOPLE + "/" + PEOPLE,
                            "2026-03-02 format.gender_code", PEOPLE + "/" + PEOPLE));
        }

        // Then
        assertThat(QualityDriver.broken(held))
                .hasSize(PEOPLE)
                .allMatch(flag -> flag.endsWith(" completeness.hukou_address"));
    }

    private static List<TopicPartition> partitions() {
        return Stream.iterate(0, n -> n + 1)
                .limit(PARTITIONS)
                .map(n -> new TopicPartition("src." + DATASET, n))
                .toList();
    }

    /** What is told once these figures are: each is told by itself, up to a second after its rows. */
    private Map<String, byte[]> awaitFigures(Stage stage, Map<String, String> figures) {
        Map<String, String> expected = new TreeMap<>();
        figures.forEach((what, figure) -> expected.put(DATASET + ' ' + what, figure));
        Map<String, byte[]> held = new TreeMap<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            StageStatus status = stage.status();
            assertThat(status.idle()).isTrue();
            held.clear();
            held.putAll(flags());
            assertThat(QualityDriver.figures(held)).containsAllEntriesOf(expected);
        });
        return held;
    }

    private Stage stage(Plan by) {
        return Stage.start(
                QualityStage.app(by, LocalDate.now(QualityStage.ZONE), wire, QualityDriver.SETTINGS),
                StreamsSettings.embedded(broker.client(), dir.resolve("state")),
                failure::set);
    }

    private static JsonNode value(int person, String household) {
        ObjectNode value = JSON.createObjectNode();
        return value.put("full_name", "某" + person).put("gender_code", "1").put("household_no", household);
    }

    private interface Rows {
        JsonNode of(int person);
    }

    private void produce(int commit, Rows rows) throws Exception {
        DatasetPlan dataset = plan.datasets().get(DATASET);
        Map<String, Object> settings = Map.copyOf(broker.client());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < PEOPLE; i++) {
                byte[] key = SubjectKey.of("subject-" + i).bytes();
                JsonNode value = rows.of(i);
                byte[] bytes = value == null
                        ? null
                        : QualityDriver.encode(plan, wire, dataset.topic().name(), value);
                var output =
                        new ProducerRecord<>(dataset.topic().name(), SubjectKey.partition(key, PARTITIONS), key, bytes);
                output.headers().add(Lineage.POS, new Pos(1, commit, i, 0).bytes());
                output.headers().add(Lineage.ROW, Arrays.copyOf(("r" + i).getBytes(StandardCharsets.UTF_8), 16));
                output.headers().add(Lineage.AT, Lineage.at(Instant.parse("2026-03-02T08:00:00Z")));
                sent.add(producer.send(output));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private Map<String, byte[]> flags() {
        Map<String, Object> settings = new java.util.HashMap<>(broker.client());
        settings.put("isolation.level", "read_committed");
        Map<String, byte[]> held = new TreeMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = consumer.partitionsFor(Names.QUALITY).stream()
                    .map(p -> new TopicPartition(Names.QUALITY, p.partition()))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (parts.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String key = QualityDriver.text(record.key());
                    if (record.value() == null) {
                        held.remove(key);
                    } else {
                        held.put(key, record.value());
                    }
                }
            }
        }
        return held;
    }
}
