package io.tongdao.ops.provision;

import io.tongdao.contract.identity.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A keyed topic read whole, {@code read_committed}: the last value of each key, deletions and markers left out. */
public final class TopicContent {
    private TopicContent() {}

    public static Map<String, byte[]> read(Map<String, Object> client, String topic) {
        Map<String, byte[]> content = new TreeMap<>();
        each(client, topic, record -> take(record, content));
        return content;
    }

    /** Gives its records, but for markers, up to where it ends now: each partition's in their order. */
    public static void each(
            Map<String, Object> client, String topic, Consumer<? super ConsumerRecord<byte[], byte[]>> taken) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = consumer.partitionsFor(topic).stream()
                    .map(part -> new TopicPartition(topic, part.partition()))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (!SubjectKey.isMarker(record.key())) {
                        taken.accept(record);
                    }
                }
            }
        }
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, byte[]> content) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            content.remove(key);
        } else {
            content.put(key, record.value());
        }
    }
}
