package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.runtime.OneBroker;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageFailure;
import io.tongdao.runtime.StageStatus;
import io.tongdao.runtime.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.generic.GenericData;
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

/** The stage on a real broker: exactly once, resumed after a stop, and ended by a fault without telling any value. */
class ReconcileStageIT {
    private static final int PARTITIONS = 3;
    private static final int PEOPLE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOUSEHOLD = "src." + SampleProvince.HOUSEHOLD;

    @TempDir
    Path dir;

    private final Plan plan = SampleProvince.plan();
    private final WireFormat wire = SampleProvince.wire(plan);
    private final AtomicReference<StageFailure> failure = new AtomicReference<>();
    private OneBroker broker;

    @BeforeEach
    void start() throws ExecutionException, InterruptedException {
        broker = new OneBroker(dir.resolve("broker"));
        List<NewTopic> topics = Stream.concat(
                        Stream.concat(
                                plan.datasets().values().stream()
                                        .map(d -> d.topic().name()),
                                plan.bases().values().stream()
                                        .map(b -> b.topic().name())),
                        Stream.concat(
                                Stream.of(Names.DISCREPANCIES, Names.REVIEWS),
                                plan.reconciled().stream()
                                        .flatMap(kind -> Stream.of(
                                                Names.objections(kind),
                                                Names.rulings(kind),
                                                Names.identities(kind),
                                                Names.seeds(kind),
                                                Names.protections(kind)))))
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
    void resumesWhereItStoppedAndWritesEachVersionOnce() throws Exception {
        // Given
        produce(1, "张三");
        try (Stage stage = stage()) {
            await().atMost(PATIENCE).until(() -> settled(stage));
        }

        // When
        produce(1, "张三");
        produce(2, "李四");
        try (Stage stage = stage()) {
            await().atMost(PATIENCE).until(() -> settled(stage));
        }

        // Then
        List<ConsumerRecord<byte[], byte[]>> golden = readAll("base.population");
        assertThat(golden).hasSize(2 * PEOPLE);
        assertThat(golden)
                .allSatisfy(record ->
                        assertThat(record.partition()).isEqualTo(SubjectKey.partition(record.key(), PARTITIONS)));
        assertThat(golden.stream().map(record -> Lineage.ver(record.headers()).counter()))
                .containsOnly(1L, 2L);
        assertThat(failure).hasValue(null);
    }

    @Test
    void tasksMoveToTheStandbyOfAnotherInstanceWithoutARebuild() throws Exception {
        // Given
        produce(1, "张三");
        Stage first = stage("1", 1);
        try (Stage second = stage("2", 1)) {
            await().atMost(PATIENCE).until(() -> settled(first) && settled(second));
            assertThat(first.status().lag()).isNotEmpty();
            produce(2, "李四");
            await().atMost(PATIENCE).until(() -> settled(first) && settled(second));
            Thread.sleep(1000);
            long before = second.status().readBack();

            // When
            first.close();
            produce(3, "王五");
            await().atMost(PATIENCE)
                    .until(() -> settled(second) && readAll("base.population").size() == 3 * PEOPLE);

            // Then
            assertThat(second.status().readBack() - before).isLessThan(PEOPLE / 5);
            assertEachVersionOnce(3);
        }
    }

    @Test
    void storesAreReadBackWholeOnlyWhereTheyAreGone() throws Exception {
        // Given
        produce(1, "张三");
        try (Stage stage = stage()) {
            await().atMost(PATIENCE).until(() -> settled(stage));
        }

        // When
        try (Stage stage = stage()) {
            await().atMost(PATIENCE).until(() -> settled(stage));
            assertThat(stage.status().readBack()).isLessThan(PEOPLE / 5);
        }
        try (Stage moved = stage("elsewhere", 0)) {
            produce(2, "李四");
            await().atMost(PATIENCE)
                    .until(() -> settled(moved) && readAll("base.population").size() == 2 * PEOPLE);
            assertThat(moved.status().readBack()).isGreaterThanOrEqualTo(PEOPLE);
        }

        // Then
        assertEachVersionOnce(2);
    }

    private void assertEachVersionOnce(int versions) {
        Map<String, List<Long>> told = new TreeMap<>();
        readAll("base.population")
                .forEach(record -> told.computeIfAbsent(ReconcileDriver.text(record.key()), key -> new ArrayList<>())
                        .add(Lineage.ver(record.headers()).counter()));
        List<Long> each = LongStream.rangeClosed(1, versions).boxed().toList();
        assertThat(told).hasSize(PEOPLE);
        assertThat(told.values()).allMatch(each::equals);
        assertThat(failure).hasValue(null);
    }

    @Test
    void aFaultEndsTheStageAndTellsNoValue() throws Exception {
        // Given
        String secret = "530102199003071238";

        // When
        try (Stage stage = stage();
                var producer = producer()) {
            byte[] key = secret.getBytes(StandardCharsets.UTF_8);
            var poison = new ProducerRecord<>(HOUSEHOLD, 0, key, ("\1" + secret).getBytes(StandardCharsets.UTF_8));
            poison.headers().add(Lineage.POS, new Pos(1, 1, 1, 0).bytes());
            producer.send(poison).get();
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> failure.get() != null);
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> stage.status().state() == StageStatus.State.FAILED);
        }

        // Then
        assertThat(failure.get().what().toString())
                .contains(HOUSEHOLD + "-0 offset 0")
                .doesNotContain(secret);
    }

    private boolean settled(Stage stage) {
        StageStatus status = stage.status();
        return !status.lag().isEmpty() && status.idle();
    }

    private Stage stage() {
        return stage("1", 0);
    }

    /** Each instance has stores of its own. */
    private Stage stage(String instance, int standbys) {
        var settings = ReconcileSettings.of(new SecretKeySpec(new byte[32], "HmacSHA256"));
        return Stage.start(
                ReconcileStage.app(plan, LocalDate.now(ReconcileStage.ZONE), wire, settings),
                new StreamsSettings(
                        broker.client(),
                        dir.resolve("state-" + instance),
                        instance,
                        1,
                        standbys,
                        (short) 1,
                        Duration.ofMillis(100)),
                failure::set);
    }

    private void produce(int commit, String name) throws ExecutionException, InterruptedException {
        Topic topic = plan.datasets().get(SampleProvince.HOUSEHOLD).topic();
        WireFormat.Writer writer = wire.writer(topic.valueSubject(), topic.schema());
        try (var producer = producer()) {
            for (int i = 0; i < PEOPLE; i++) {
                byte[] key = SubjectKey.of("subject-" + i).bytes();
                var record = new GenericData.Record(topic.schema());
                record.put("full_name", name);
                var output = new ProducerRecord<>(
                        topic.name(), SubjectKey.partition(key, PARTITIONS), key, writer.encode(record));
                output.headers().add(Lineage.POS, new Pos(1, commit, i, 0).bytes());
                output.headers().add(Lineage.AT, Lineage.at(ReconcileDriver.START.plusSeconds(commit)));
                producer.send(output);
            }
            producer.flush();
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>copyOf(broker.client()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        Map<String, Object> settings = new java.util.HashMap<>(broker.client());
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
