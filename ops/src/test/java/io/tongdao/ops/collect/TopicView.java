package io.tongdao.ops.collect;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
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
record TopicView(
        List<ConsumerRecord<byte[], byte[]>> records,
        Map<String, ConsumerRecord<byte[], byte[]>> latest,
        WireFormat.Reader reader) {

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
        latest.forEach((key, record) ->
                values.put(key, String.valueOf(reader.decode(record.value()).get(item))));
        return values;
    }

    /** As {@link #item}, for a reader that ignores what is not newer and tombstones of rows that do not own the key. */
    Map<String, Object> itemByPosition(String item) {
        Map<String, Pos> newest = new HashMap<>();
        Map<String, ConsumerRecord<byte[], byte[]>> owners = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (SubjectKey.isMarker(record.key())) {
                continue;
            }
            String key = text(record.key());
            Pos pos = Lineage.pos(record.headers());
            Pos held = newest.get(key + '#' + row(record));
            if (held != null && pos.compareTo(held) <= 0) {
                continue;
            }
            newest.put(key + '#' + row(record), pos);
            ConsumerRecord<byte[], byte[]> owner = owners.get(key);
            if (record.value() != null || owner == null || row(owner).equals(row(record))) {
                owners.put(key, record);
            }
        }
        Map<String, Object> values = new TreeMap<>();
        owners.forEach((key, record) -> {
            if (record.value() != null) {
                values.put(key, String.valueOf(reader.decode(record.value()).get(item)));
            }
        });
        return values;
    }

    private static String row(ConsumerRecord<byte[], byte[]> record) {
        return HexFormat.of().formatHex(Lineage.row(record.headers()));
    }

    long markers() {
        return records.stream().filter(r -> SubjectKey.isMarker(r.key())).count();
    }
}
