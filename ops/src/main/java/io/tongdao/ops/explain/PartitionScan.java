package io.tongdao.ops.explain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole partitions for the records about one subject, as they are committed at one moment. A log has no index by key, so the cost is
 * the partition's size and not the subject's: nothing is decoded of the others.
 */
final class PartitionScan {
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final int RECORDS = 20_000;
    private static final int FETCH = 16 << 20;
    private final Map<String, Object> settings;

    PartitionScan(Map<String, Object> client) {
        settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
    }

    /** Takes a record, in the order of its partition. */
    @FunctionalInterface
    interface Each {
        void see(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * @param partitions topic → the partition that the subject is in; topics that are not there hold nothing
     * @param whole topics of which all records are wanted
     */
    void read(String subject, Map<String, Integer> partitions, Set<String> whole, Each each) {
        byte[] key = subject.getBytes(StandardCharsets.UTF_8);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<String> there = consumer.listTopics().keySet();
            List<TopicPartition> wanted = partitions.entrySet().stream()
                    .filter(one -> there.contains(one.getKey()))
                    .map(one -> new TopicPartition(one.getKey(), one.getValue()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(wanted);
            consumer.assign(wanted);
            consumer.seekToBeginning(wanted);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    if (whole.contains(record.topic()) || about(key, record.key())) {
                        each.see(record);
                    }
                }
            }
        }
    }

    private static boolean about(byte[] subject, byte[] key) {
        return key.length >= subject.length
                && (key.length == subject.length || key[subject.length] == '|')
                && Arrays.equals(key, 0, subject.length, subject, 0, subject.length);
    }
}
