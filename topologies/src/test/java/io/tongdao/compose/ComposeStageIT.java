package io.tongdao.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.topic.Ver;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Generation;
import io.tongdao.runtime.OneBroker;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageFailure;
import io.tongdao.runtime.StageStatus;
import io.tongdao.runtime.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage on a real broker, kinds with different numbers of partitions: exactly once over stops, and a new table by the catalogue alone. */
class ComposeStageIT {
    private static final long SEED = 20260301;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AtomicReference<StageFailure> failure = new AtomicReference<>();
    private OneBroker broker;
    private Plan before;
    private Plan after;
    private WireFormat wire;

    @BeforeEach
    void start() throws Exception {
        before = ThemeCatalogue.plan(dir.resolve("before"), 3, 2, Set.of("wuhua_insured.yaml"));
        after = ThemeCatalogue.plan(dir.resolve("after"), 3, 2);
        wire = ThemeCatalogue.wire(after, registry);
        broker = new OneBroker(dir.resolve("broker"));
        try (Admin admin = admin()) {
            Stream<NewTopic> protections = after.partitions().entrySet().stream()
                    .flatMap(kind -> Stream.of(
                                    Names.protections(kind.getKey()),
                                    Names.apart(kind.getKey()),
                                    Names.seeds(kind.getKey()))
                            .map(topic -> new NewTopic(topic, kind.getValue(), (short) 1)));
            admin.createTopics(Stream.concat(
                                    protections,
                                    ThemeCatalogue.topics(after).stream()
                                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1)))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void goesOnWhereItStoppedAndTakesANewTableUp() throws Exception {
        // Given
        World world = new World(SEED, 600);
        Map<String, List<World.Sent>> half = new TreeMap<>();
        Map<String, List<World.Sent>> rest = new TreeMap<>();
        world.topics.forEach((topic, records) -> {
            half.put(topic, records.subList(0, records.size() / 2));
            rest.put(topic, records.subList(records.size() / 2, records.size()));
        });

        // When
        produce(half);
        run(before);
        long kept = read("theme.wuhua_residents.residents").size();
        run(after);
        long still = read("theme.wuhua_residents.residents").size();
        produce(rest);
        run(after);

        // Then
        assertThat(still).as("a table that was there is not written again").isEqualTo(kept);
        Map<String, Map<String, Map<String, Object>>> tables = new TreeMap<>();
        for (var theme : after.themes().values()) {
            List<ConsumerRecord<byte[], byte[]>> rows = read(theme.topic().name());
            tables.put(theme.topic().name(), table(theme.topic(), rows));
            eachVersionOnce(theme.topic(), rows);
        }
        assertThat(tables).as("seed %d", SEED).isEqualTo(world.tables());
        assertThat(failure).hasValue(null);
    }

    /** Runs the stage until it has nothing left to do, and stops it. */
    private void run(Plan plan) {
        try (Stage stage = Stage.start(
                ComposeStage.app(
                        plan,
                        wire,
                        new ComposeSettings(
                                Generation.FIRST, Duration.ofDays(31), ComposeSettings.DEFAULT.postpone(), 3),
                        new Backlog()),
                StreamsSettings.embedded(broker.client(), dir.resolve("state")).onThreads(2),
                failure::set)) {
            AtomicReference<Long> last = new AtomicReference<>(-1L);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(700))
                    .until(() -> settled(stage) && written() == last.getAndSet(written()));
        }
    }

    private boolean settled(Stage stage) {
        StageStatus status = stage.status();
        return !status.lag().isEmpty() && status.idle();
    }

    private long written() throws Exception {
        long written = 0;
        for (var theme : after.themes().values()) {
            written += read(theme.topic().name()).size();
        }
        return written;
    }

    private Map<String, Map<String, Object>> table(Topic topic, List<ConsumerRecord<byte[], byte[]>> rows) {
        Map<String, Map<String, Object>> table = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> row : rows) {
            String key = new String(row.key(), StandardCharsets.UTF_8);
            table.remove(key);
            if (row.value() != null) {
                table.put(key, Tasks.read(wire, topic, row.value()));
            }
        }
        return table;
    }

    private static void eachVersionOnce(Topic topic, List<ConsumerRecord<byte[], byte[]>> rows) {
        Map<String, Ver> newest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> row : rows) {
            assertThat(row.partition()).isEqualTo(SubjectKey.partition(row.key(), topic.partitions()));
            String key = new String(row.key(), StandardCharsets.UTF_8);
            Ver ver = Lineage.ver(row.headers());
            assertThat(ver).isNotNull();
            Ver before = newest.put(key, ver);
            if (before != null) {
                assertThat(ver).isEqualTo(new Ver(before.generation(), before.counter() + 1));
            }
        }
    }

    private void produce(Map<String, List<World.Sent>> topics) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(broker.client()), new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.forEach((name, records) -> records.forEach(sent -> producer.send(record(name, sent))));
            producer.flush();
        }
    }

    private ProducerRecord<byte[], byte[]> record(String name, World.Sent sent) {
        Topic topic = ThemeCatalogue.topics(after).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        byte[] key = sent.key().getBytes(StandardCharsets.UTF_8);
        byte[] value = sent.value() == null ? null : Tasks.encode(wire, topic, sent.value());
        var record = new ProducerRecord<>(name, SubjectKey.partition(key, topic.partitions()), key, value);
        switch (sent.position()) {
            case Pos pos -> record.headers().add(Lineage.POS, pos.bytes());
            case Ver ver -> record.headers().add(Lineage.VER, ver.bytes());
            default -> throw new AssertionError("neither pos nor ver");
        }
        if (!sent.row().isEmpty()) {
            record.headers().add(Lineage.ROW, Arrays.copyOf(sent.row().getBytes(StandardCharsets.UTF_8), 16));
        }
        return record;
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>copyOf(broker.client()));
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> settings = new HashMap<>(broker.client());
        settings.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }
}
