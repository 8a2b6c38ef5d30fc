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
import org.jspecify.annotations.Nullable;

/**
 * Reads topics, partition by partition, from their beginning to the end that they have when the reading starts. Keeps one connection for
 * all its readings; they follow each other, whichever thread asks.
 */
final class WholeTopic implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(200);
    private final Map<String, Object> settings;
    private final boolean committed;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

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

    synchronized void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        int partitions = partitions(topic);
        for (int partition = 0; partition < partitions; partition++) {
            read(topic, partition, each);
        }
    }

    synchronized void read(String topic, int number, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        TopicPartition partition = new TopicPartition(topic, number);
        KafkaConsumer<byte[], byte[]> reading = consumer();
        reading.assign(List.of(partition));
        reading.seekToBeginning(List.of(partition));
        long end = committed ? behindTransactions(partition) : end(reading, partition);
        while (reading.position(partition) < end) {
            reading.poll(WAIT).forEach(each);
        }
    }

    /** Behind open transactions too: what a reader of committed records is told is the first of them. */
    private long behindTransactions(TopicPartition partition) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (var ends = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return end(ends, partition);
        }
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private int partitions(String topic) {
        var partitions = consumer().partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new CollectException("topic " + topic + " does not exist: provision first");
        }
        return partitions.size();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        return consumer;
    }

    /** A later reading connects anew. */
    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}
