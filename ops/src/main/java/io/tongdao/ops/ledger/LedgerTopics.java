package io.tongdao.ops.ledger;

import io.tongdao.contract.witness.ReleaseLedger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the ledger's topics as they are committed at one moment. */
public final class LedgerTopics {
    private static final Duration WAIT = Duration.ofMillis(100);
    private final Map<String, Object> client;

    /** @param client how to reach the cluster as {@link io.tongdao.ops.provision.Principals#LEDGER} */
    LedgerTopics(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /** Whether anything stands in the ledger of subjects. */
    public static boolean written(Map<String, Object> client) {
        List<TopicPartition> all = IntStream.range(0, ReleaseLedger.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(ReleaseLedger.SUBJECTS.name(), partition))
                .toList();
        try (var consumer = new LedgerTopics(client).consumer()) {
            return consumer.endOffsets(all).values().stream().anyMatch(end -> end > 0);
        }
    }

    /** Gives every value of some partitions, each partition in its order. */
    void read(List<TopicPartition> partitions, Consumer<byte[]> each) {
        try (var consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(WAIT).forEach(record -> each.accept(record.value()));
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                20_000));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
