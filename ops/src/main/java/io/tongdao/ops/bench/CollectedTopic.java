package io.tongdao.ops.bench;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A src topic as compaction would leave it, as a reader that goes by positions has it, and how its duplicates stand: read record by record,
 * kept over several readings. Rows are lines of text, items in the schema's order with {@code |} between, numbers plain, dates as epoch days, times as microseconds.
 */
final class CollectedTopic implements AutoCloseable {
    private final Topic topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final WireFormat.Reader reader;
    private final Map<String, String> rows = new TreeMap<>();
    private final Map<String, String> byPosition = new TreeMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, Versions> versions = new HashMap<>();
    private long records;
    private long duplicates;
    private long unrecognisable;

    /** All positions that one row of the source had under one key. */
    private static final class Versions {
        private final Map<Pos, Integer> values = new HashMap<>();
        private @Nullable Pos newest;
    }

    CollectedTopic(Map<String, Object> kafka, SchemaRegistryClient registry, Topic topic) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(topic.name(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = new WireFormat(registry).reader(topic.schema());
    }

    /** Reads on to the end that the topic has now; gives key and row of all that is alive. */
    Map<String, String> read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::take);
        }
        return rows;
    }

    /** Key and row as a reader has them that takes of each source row only what is newer by position, and no deletion by a row that does not own the key. */
    Map<String, String> byPosition() {
        return byPosition;
    }

    long records() {
        return records;
    }

    /** Records that came again, each with the position and the value that it had. */
    long duplicates() {
        return duplicates;
    }

    /**
     * Changes that a reader that goes by position would take wrongly: older than what it has and new to it, or one position with two values. A
     * row that was read again has the same position whatever it says: changes, and so what is newer, come by the log.
     */
    long unrecognisable() {
        return unrecognisable;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (SubjectKey.isMarker(record.key())) {
            return;
        }
        records++;
        String key = new String(record.key(), StandardCharsets.UTF_8);
        byte[] row = Objects.requireNonNull(Lineage.row(record.headers()), "a src record names its row");
        Pos pos = Objects.requireNonNull(Lineage.pos(record.headers()), "a src record has a position");
        String owner = HexFormat.of().formatHex(row);
        String line = record.value() == null ? null : line(reader.decode(record.value()));
        put(rows, key, line);
        if (judge(versions.computeIfAbsent(key + '#' + owner, none -> new Versions()), pos, record)
                && (line != null || owner.equals(owners.get(key)))) {
            put(byPosition, key, line);
            owners.put(key, owner);
        }
    }

    private static void put(Map<String, String> rows, String key, @Nullable String line) {
        if (line == null) {
            rows.remove(key);
        } else {
            rows.put(key, line);
        }
    }

    /** Whether it is newer than all that its row had under its key. */
    private boolean judge(Versions seen, Pos pos, ConsumerRecord<byte[], byte[]> record) {
        boolean change = pos.commit() > 0;
        Integer value = Arrays.hashCode(record.value());
        Integer before = seen.values.putIfAbsent(pos, value);
        if (before != null) {
            duplicates++;
            unrecognisable += change && !before.equals(value) ? 1 : 0;
        } else if (change && seen.newest != null && pos.compareTo(seen.newest) < 0) {
            unrecognisable++;
        }
        boolean newer = seen.newest == null || pos.compareTo(seen.newest) > 0;
        seen.newest = newer ? pos : seen.newest;
        return newer;
    }

    private String line(GenericRecord value) {
        return topic.schema().getFields().stream()
                .map(Schema.Field::pos)
                .map(i -> text(value.get(i)))
                .collect(Collectors.joining("|"));
    }

    private static String text(@Nullable Object item) {
        return switch (item) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            default -> item.toString();
        };
    }

    @Override
    public void close() {
        consumer.close();
    }
}
