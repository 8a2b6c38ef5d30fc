package io.tongdao.ops.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is committed in a topic.
 *
 * @param content of every record with its key and version, in the order of each partition: a digest
 */
record WrittenTopic(long records, long content) {
    static final WrittenTopic NONE = new WrittenTopic(0, 0);
    private static final long FACTOR = 1_000_003;

    /** By name. @param client of one who may read all of them */
    static Map<String, WrittenTopic> all(Map<String, Object> client, Predicate<String> wanted) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                "isolation.level", "read_committed", "enable.auto.commit", false, "auto.offset.reset", "earliest"));
        Map<String, WrittenTopic> all = new TreeMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = new ArrayList<>();
            consumer.listTopics().forEach((topic, partitions) -> {
                if (wanted.test(topic)) {
                    partitions.forEach(part -> parts.add(new TopicPartition(topic, part.partition())));
                }
            });
            for (TopicPartition part : parts) {
                all.merge(part.topic(), read(consumer, part), WrittenTopic::and);
            }
        }
        return all;
    }

    private static WrittenTopic read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition part) {
        consumer.assign(List.of(part));
        consumer.seekToBeginning(List.of(part));
        long end = consumer.endOffsets(List.of(part)).getOrDefault(part, 0L);
        WrittenTopic read = NONE;
        while (consumer.position(part) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                read = new WrittenTopic(read.records + 1, read.content * FACTOR + digest(record));
            }
        }
        return read;
    }

    private static long digest(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.hashCode(record.key()) * FACTOR + Arrays.hashCode(record.value());
    }

    private WrittenTopic and(WrittenTopic other) {
        return new WrittenTopic(records + other.records, content * FACTOR + other.content);
    }
}
