package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads {@code ctl.protect.*} from their beginning, committed only, and writes a decision to all of their partitions in one transaction. Whoever
 * writes last fences all before. For one thread.
 */
final class ProtectJournal implements AutoCloseable {
    static final String TRANSACTION = "tongdao-protect";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(100);
    private final Map<String, Object> client;
    private final Plan plan;
    private final KafkaConsumer<byte[], byte[]> consumer;

    ProtectJournal(Map<String, Object> client, Plan plan) {
        this.client = Map.copyOf(client);
        this.plan = plan;
        Map<String, Object> reading = new HashMap<>(client);
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** By key, lifted ones too. Each stands in every partition: one is read. */
    SortedMap<String, Protection> all() {
        SubjectKind any = plan.partitions().keySet().iterator().next();
        TopicPartition copy = new TopicPartition(Names.protections(any), 0);
        consumer.assign(List.of(copy));
        consumer.seekToBeginning(List.of(copy));
        long end = consumer.endOffsets(List.of(copy)).getOrDefault(copy, 0L);
        Instant limit = Instant.now().plus(LIMIT);
        SortedMap<String, Protection> all = new TreeMap<>();
        while (consumer.position(copy) < end) {
            if (Instant.now().isAfter(limit)) {
                throw new ProvisionFailed(copy.topic() + " could not be read to its end", new IllegalStateException());
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
                if (record.value() != null) {
                    all.put(new String(record.key(), UTF_8), Protection.FORMAT.decode(record.value()));
                }
            }
        }
        return all;
    }

    Protection write(Protection decided) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "transactional.id", TRANSACTION));
        byte[] key = decided.key().getBytes(UTF_8);
        byte[] value = Protection.FORMAT.encode(decided);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            plan.partitions().forEach((kind, partitions) -> {
                for (int partition = 0; partition < partitions; partition++) {
                    producer.send(new ProducerRecord<>(Names.protections(kind), partition, key, value));
                }
            });
            producer.commitTransaction();
        }
        return decided;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
