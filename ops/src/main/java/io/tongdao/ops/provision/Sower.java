package io.tongdao.ops.provision;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Seeding;
import io.tongdao.runtime.Seeding.Sown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a stopped stage's topics hold to {@code ctl.seed.*}. It may be stopped anywhere and begun again: what is sown twice is
 * known once. A topic is read twice, so that only the keys are remembered that ended once: what was said before that is over.
 */
public final class Sower {
    private static final Duration STEP = Duration.ofMillis(200);
    /** Longer than a transaction may take: one that was left open is given up by then. */
    private static final Duration OPEN = Duration.ofSeconds(60);

    private final Map<String, Object> client;
    private final Plan plan;

    /** @param client how to reach the cluster as {@link Principals#REBUILD} */
    public Sower(Map<String, Object> client, Plan plan) {
        this.client = Map.copyOf(client);
        this.plan = plan;
    }

    /** Returns when all is written. */
    public void sow(Seeding seeding) {
        try (Admin admin = Admin.create(client);
                var consumer = consumer();
                var producer = producer()) {
            AtomicReference<Exception> failure = new AtomicReference<>();
            for (String topic : seeding.topics()) {
                for (var part : consumer.partitionsFor(topic)) {
                    TopicPartition partition = new TopicPartition(topic, part.partition());
                    sow(
                            consumer,
                            partition,
                            end(admin, partition),
                            seeding,
                            sown -> producer.send(record(sown), (at, e) -> {
                                if (e != null) {
                                    failure.compareAndSet(null, e);
                                }
                            }));
                }
            }
            producer.flush();
            fail(failure.get());
        }
    }

    private static void sow(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition topic,
            long end,
            Seeding seeding,
            Consumer<Sown> out) {
        consumer.assign(List.of(topic));
        Map<Bytes, Long> ended = new HashMap<>();
        read(consumer, topic, end, record -> {
            if (record.value() == null) {
                ended.put(Bytes.wrap(record.key()), record.offset());
            }
        });
        read(consumer, topic, end, record -> {
            if (record.value() != null && record.offset() > ended.getOrDefault(Bytes.wrap(record.key()), -1L)) {
                Sown sown = seeding.sow(topic.topic(), record.key(), record.value(), record.headers());
                if (sown != null) {
                    out.accept(sown);
                }
            }
        });
    }

    /** All tasks of the stage may write from now on. */
    public void go(Seeding seeding, Seed.Go go) {
        try (var producer = producer()) {
            AtomicReference<Exception> failure = new AtomicReference<>();
            for (SubjectKind kind : seeding.kinds()) {
                for (int partition = 0; partition < partitions(kind); partition++) {
                    byte[] key = go.stage().getBytes(StandardCharsets.UTF_8);
                    var record = new ProducerRecord<>(Names.seeds(kind), partition, key, go.encode());
                    producer.send(record, (at, e) -> {
                        if (e != null) {
                            failure.compareAndSet(null, e);
                        }
                    });
                }
            }
            producer.flush();
            fail(failure.get());
        }
    }

    private static void fail(@Nullable Exception e) {
        if (e != null) {
            throw new ProvisionFailed("seeds were not written: " + e.getClass().getSimpleName(), e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Sown sown) {
        byte[] subject = sown.subject().getBytes(StandardCharsets.UTF_8);
        int partition = SubjectKey.partition(subject, partitions(sown.kind()));
        return new ProducerRecord<>(
                Names.seeds(sown.kind()), partition, subject, sown.seed().encode());
    }

    private int partitions(SubjectKind kind) {
        return plan.partitions().getOrDefault(kind, 1);
    }

    /** Where it ends once no transaction of the stopped stage is open any more. */
    private static long end(Admin admin, TopicPartition topic) {
        Cluster.until(
                () -> latest(admin, topic, IsolationLevel.READ_UNCOMMITTED)
                        == latest(admin, topic, IsolationLevel.READ_COMMITTED),
                "a transaction on " + topic + " is still open",
                OPEN);
        return latest(admin, topic, IsolationLevel.READ_COMMITTED);
    }

    private static long latest(Admin admin, TopicPartition topic, IsolationLevel level) {
        return Cluster.done(
                        admin.listOffsets(Map.of(topic, OffsetSpec.latest()), new ListOffsetsOptions(level))
                                .partitionResult(topic),
                        "the end of " + topic)
                .offset();
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition topic,
            long end,
            Consumer<ConsumerRecord<byte[], byte[]>> act) {
        consumer.seekToBeginning(List.of(topic));
        while (consumer.position(topic) < end) {
            consumer.poll(STEP).forEach(act);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 20, "compression.type", "lz4"));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
