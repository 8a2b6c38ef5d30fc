package io.tongdao.ops.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.lakehouse.sink.LakeSink;
import io.tongdao.lakehouse.sink.SinkSettings;
import io.tongdao.lakehouse.sink.TableFeed;
import io.tongdao.lakehouse.sink.TableStatus;
import io.tongdao.ops.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The sink on a real broker: transactions, restarts with and without its index, feeds that come, go and begin a new epoch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LakeSinkIT {
    private static final Schema VALUE = new Schema.Parser().parse("""
            {"type":"record","name":"row","fields":[{"name":"score","type":["null","long"],"default":null}]}
            """);
    private static final SinkSettings QUICK = SinkSettings.DEFAULT.withCommitInterval(Duration.ofMillis(200));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final WireFormat wire = new WireFormat(registry);
    private final Map<String, Map<String, Long>> model = new HashMap<>();
    private EmbeddedBroker broker;
    private Admin admin;
    private LakeCatalog catalog;

    @BeforeAll
    void start() {
        broker = EmbeddedBroker.start(folder);
        admin = Admin.create(broker.adminSettings());
        catalog = LakeCatalog.embedded(folder);
    }

    @AfterAll
    void stop() {
        catalog.close();
        admin.close();
        broker.close();
    }

    @Test
    void tablesEqualTopicsThroughRestartsAndALostIndex() throws Exception {
        // Given
        Topic base = make("base.population", 3);
        Topic src = make("src.ga.household", 2);
        Set<TableFeed> feeds =
                Set.of(TableFeed.of("base.population", base, 30), TableFeed.of("src_ga.household", src, 30));
        try (LakeSink sink = sink("one", feeds)) {
            produce(base, 1, 400);
            produce(src, 2, 400);
            sink.awaitCaughtUp(ends(base, src), PATIENCE);
        }
        produce(base, 3, 300);

        // When
        try (LakeSink sink = sink("one", feeds)) {
            produce(base, 4, 300);
            sink.awaitCaughtUp(ends(base, src), PATIENCE);
        }
        produce(src, 5, 300);
        try (LakeSink sink = sink("another index folder", feeds)) {
            produce(base, 6, 300);
            sink.awaitCaughtUp(ends(base, src), PATIENCE);
            assertThat(sink.status().values()).extracting(TableStatus::state).containsOnly(TableStatus.State.RUNNING);
            assertThat(sink.status().get("base.population").rows())
                    .isEqualTo(model.get(base.name()).size());
        }

        // Then
        assertThat(rows("base.population")).isEqualTo(model.get(base.name()));
        assertThat(rows("src_ga.household")).isEqualTo(model.get(src.name()));
    }

    @Test
    void aTableSwitchesToItsNewEpochInOneStep() throws Exception {
        // Given
        String table = "share_tax.g1";
        Topic first = make("share.tax.g1.e1", 1);
        Topic second = make("share.tax.g1.e2", 1);
        try (LakeSink sink = sink("epochs", Set.of(TableFeed.released(table, first, 1, 2)))) {
            produce(first, 7, 200);
            sink.awaitCaughtUp(ends(first), PATIENCE);
            sink.follow(Set.of());
            await().atMost(PATIENCE).until(() -> sink.status().isEmpty());

            // When
            sink.follow(Set.of(TableFeed.released(table, second, 2, 2)));
            produce(second, 8, 100);
            mark(second, "!complete:person:0");
            sink.awaitCaughtUp(ends(second), PATIENCE);

            // Then
            assertThat(sink.status().get(table).state()).isEqualTo(TableStatus.State.FILLING);
            assertThat(rows(table)).isEqualTo(model.get(first.name()));

            // When
            mark(second, "!complete:person:1");
            await().atMost(PATIENCE).until(() -> sink.status().get(table).state() == TableStatus.State.RUNNING);
            produce(second, 9, 100);
            sink.awaitCaughtUp(ends(second), PATIENCE);
        }

        // Then
        assertThat(rows(table)).isEqualTo(model.get(second.name()));
    }

    @Test
    void aTopicDeletedUnderTheSinkDisturbsNoOtherTable() throws Exception {
        // Given
        Topic cut = make("share.tax.g2.e1", 1);
        Topic kept = make("base.legal_entity", 2);
        Set<TableFeed> feeds =
                Set.of(TableFeed.released("share_tax.g2", cut, 1, 1), TableFeed.of("base.legal_entity", kept, 0));
        try (LakeSink sink = sink("cut", feeds)) {
            produce(cut, 10, 100);
            produce(kept, 11, 100);
            sink.awaitCaughtUp(ends(cut, kept), PATIENCE);

            // When
            admin.deleteTopics(List.of(cut.name())).all().get();
            produce(kept, 12, 300);
            sink.awaitCaughtUp(ends(kept), Duration.ofSeconds(15));
            await().atMost(PATIENCE)
                    .until(() -> sink.status().get("share_tax.g2").state() == TableStatus.State.WAITING);

            // Then
            assertThat(sink.status().get("share_tax.g2").reason()).contains(cut.name());
            produce(kept, 13, 100);
            sink.awaitCaughtUp(ends(kept), Duration.ofSeconds(15));
        }
        assertThat(rows("base.legal_entity")).isEqualTo(model.get(kept.name()));
        assertThat(rows("share_tax.g2")).isEqualTo(model.get(cut.name()));
    }

    private LakeSink sink(String index, Set<TableFeed> feeds) {
        return LakeSink.start(broker.adminSettings(), wire, catalog, folder.resolve(index), QUICK, feeds);
    }

    private Topic make(String name, int partitions) throws Exception {
        Topic topic = new Topic(name, partitions, Policy.KEYED, VALUE);
        registry.register(topic.valueSubject(), new AvroSchema(VALUE));
        admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get();
        await().atMost(PATIENCE)
                .until(() -> admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions().stream()
                        .allMatch(p -> p.leader() != null));
        return topic;
    }

    /** Random upserts and deletions in transactions, every third of them aborted. */
    private void produce(Topic topic, long seed, int count) {
        Random random = new Random(seed);
        WireFormat.Writer writer = wire.writer(topic.valueSubject(), VALUE);
        var rows = model.computeIfAbsent(topic.name(), name -> new TreeMap<>());
        Map<String, Object> settings = broker.adminSettings();
        settings.put("transactional.id", topic.name());
        settings.put("max.in.flight.requests.per.connection", 1);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int done = 0; done < count; done += 50) {
                producer.beginTransaction();
                boolean aborted = done / 50 % 3 == 2;
                for (int i = 0; i < 50; i++) {
                    String key = "k" + random.nextInt(150);
                    Long score = random.nextInt(5) == 0 ? null : random.nextLong(1_000_000);
                    producer.send(record(topic, key, score == null ? null : encode(writer, score)));
                    if (!aborted) {
                        rows.compute(key, (k, before) -> score);
                    }
                }
                if (aborted) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
    }

    private void mark(Topic topic, String marker) throws Exception {
        try (var producer =
                new KafkaProducer<>(broker.adminSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), 0, marker.getBytes(UTF_8), null))
                    .get();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte @Nullable [] value) {
        byte[] bytes = key.getBytes(UTF_8);
        return new ProducerRecord<>(topic.name(), SubjectKey.partition(bytes, topic.partitions()), bytes, value);
    }

    private static byte[] encode(WireFormat.Writer writer, long score) {
        GenericRecord value = new GenericData.Record(VALUE);
        value.put("score", score);
        return writer.encode(value);
    }

    private Map<String, Map<Integer, Long>> ends(Topic... topics) throws Exception {
        Map<String, Map<Integer, Long>> ends = new HashMap<>();
        for (Topic topic : topics) {
            var specs = IntStream.range(0, topic.partitions())
                    .boxed()
                    .collect(Collectors.toMap(p -> new TopicPartition(topic.name(), p), p -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> latest =
                    admin.listOffsets(specs).all().get();
            latest.forEach((partition, end) -> ends.computeIfAbsent(topic.name(), name -> new HashMap<>())
                    .put(partition.partition(), end.offset()));
        }
        return ends;
    }

    private Map<String, Long> rows(String table) {
        return LakeQuery.open(catalog, TableRights.ALL).query("select _key, score from " + table, result -> {
            Map<String, Long> rows = new TreeMap<>();
            while (result.next()) {
                rows.put(result.getString(1), result.getLong(2));
            }
            return rows;
        });
    }
}
