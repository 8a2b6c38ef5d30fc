package io.tongdao.collect;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic, partition by partition, from its beginning to the end that it has when the reading starts. */
final class WholeTopic {
    private static final Duration WAIT = Duration.ofMillis(200);
    private final Map<String, Object> settings;
    private final boolean committed;

    WholeTopic(Map<String, Object> kafka) {
        this(kafka, false);
    }

    /** Without what transactions gave up; waits for those that are open when the reading starts. */
    static WholeTopic committed(Map<String, Object> kafka) {
        return new WholeTopic(kafka, true);
    }

    private WholeTopic(Map<String, Object> kafka, boolean committed) {
        this.committed = committed;
        settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    }

    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var consumer = consumer()) {
            for (int partition = 0; partition < partitions(consumer, topic); partition++) {
                read(consumer, new TopicPartition(topic, partition), each);
            }
        }
    }

    void read(String topic, int partition, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var consumer = consumer()) {
            read(consumer, new TopicPartition(topic, partition), each);
        }
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = committed ? behindTransactions(partition) : end(consumer, partition);
        while (consumer.position(partition) < end) {
            consumer.poll(WAIT).forEach(each);
        }
    }

    /** Behind open transactions too: what a reader of committed records is told is the first of them. */
    private long behindTransactions(TopicPartition partition) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (var consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return end(consumer, partition);
        }
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private static int partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        var partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new CollectException("topic " + topic + " does not exist: provision first");
        }
        return partitions.size();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
