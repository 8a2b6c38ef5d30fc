package io.tongdao.ops.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Readers of what comes to a topic from now on. */
final class TopicTail {
    private TopicTail() {}

    /**
     * On all partitions, behind what is there, committed records only.
     *
     * @param most milliseconds that a fetch without records waits
     */
    static KafkaConsumer<byte[], byte[]> of(Map<String, Object> client, String topic, int most) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(
                Map.of("isolation.level", "read_committed", "enable.auto.commit", "false", "fetch.max.wait.ms", most));
        var reader = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(part -> new TopicPartition(topic, part.partition()))
                .toList();
        reader.assign(partitions);
        reader.seekToEnd(partitions);
        partitions.forEach(reader::position);
        return reader;
    }
}
