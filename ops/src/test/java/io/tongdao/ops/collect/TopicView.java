package io.tongdao.ops.collect;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A whole topic as it stands: every record in order, and what compaction would leave. */
record TopicView(List<ConsumerRecord<byte[], byte[]>> records, Map<String, ConsumerRecord<byte[], byte[]>> latest, WireFormat.Reader reader) {

    static TopicView read(Map<String, Object> kafka, SchemaRegistryClient registry, Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(topic.name(), p.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        Map<String, ConsumerRecord<byte[], byte[]>> latest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!SubjectKey.isMarker(record.key())) {
                latest.put(text(record.key()), record);
            }
        }
        latest.values().removeIf(r -> r.value() == null);
        return new TopicView(
                records, latest, topic.value() == null ? null : new WireFormat(registry).reader(topic.schema()));
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    GenericRecord value(String key) {
        return reader.decode(latest.get(key).value());
    }

    /** Key → one item, for the keys that are alive. */
    Map<String, Object> item(String item) {
        Map<String, Object> values = new TreeMap<>();
        latest.forEach((key, record) -> values.put(key, String.valueOf(reader.decode(record.value()).get(item))));
        return values;
    }

    long markers() {
        return records.stream().filter(r -> SubjectKey.isMarker(r.key())).count();
    }
}
