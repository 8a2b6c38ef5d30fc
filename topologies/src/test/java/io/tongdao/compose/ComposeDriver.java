package io.tongdao.compose;

import com.fasterxml.jackson.databind.JsonNode;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.topic.Ver;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Postponed.Patience;
import io.tongdao.runtime.StreamsSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on Kafka's test driver, with records in and out as JSON. */
final class ComposeDriver implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private final Plan plan;
    private final WireFormat wire;
    private final TopologyTestDriver driver;

    ComposeDriver(Plan plan, Path state) {
        this.plan = plan;
        this.wire = ThemeCatalogue.wire(plan);
        StreamsSettings settings = settings(state);
        driver = new TopologyTestDriver(topology(plan, wire, settings), settings.properties(ComposeStage.NAME), START);
    }

    static StreamsSettings settings(Path state) {
        return StreamsSettings.embedded(Map.of("bootstrap.servers", "localhost:1"), state);
    }

    static Topology topology(Plan plan, WireFormat wire, StreamsSettings settings) {
        return ComposeStage.app(plan, wire, ComposeSettings.DEFAULT.postponing(Patience.NONE), new Backlog())
                .build()
                .apply(settings.topologyConfig(ComposeStage.NAME));
    }

    /** A change in {@code {key, row, pos | ver, at, value}}; a clock goes on by a second. */
    void pipe(String topic, JsonNode change) {
        var headers = new RecordHeaders();
        if (change.has("pos")) {
            headers.add(Lineage.POS, pos(change.get("pos").asText()).bytes());
        }
        if (change.has("ver")) {
            headers.add(Lineage.VER, new Ver(1, change.get("ver").asLong()).bytes());
        }
        if (change.has("at")) {
            headers.add(Lineage.AT, Lineage.at(Instant.parse(change.get("at").asText())));
        }
        if (change.has("row")) {
            headers.add(Lineage.ROW, Arrays.copyOf(bytes(change.get("row").asText()), 16));
        }
        JsonNode value = change.get("value");
        byte[] encoded = value == null || value.isNull() ? null : Tasks.encode(wire, topic(topic), typed(topic, value));
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(bytes(change.get("key").asText()), encoded, headers, START));
        pass(Duration.ofSeconds(1));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    long entries(String store) {
        long count = 0;
        try (var all = driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    /** Topics written, the stage's own aside. */
    Set<String> written() {
        Set<String> topics = new TreeSet<>(driver.producedTopicNames());
        topics.removeIf(topic -> topic.startsWith("tongdao-compose-"));
        return topics;
    }

    List<TestRecord<byte[], byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** A row as what it has, decimals as text. */
    Map<String, Object> row(String topic, byte[] value) {
        Map<String, Object> row = Tasks.read(wire, topic(topic), value);
        row.replaceAll((name, item) -> item instanceof BigDecimal number ? number.toPlainString() : item);
        return row;
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }

    private Topic topic(String name) {
        return ThemeCatalogue.topics(plan).stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> typed(String topic, JsonNode value) {
        Map<String, Object> items = new TreeMap<>();
        value.properties().forEach(item -> {
            if (item.getValue().isArray()) {
                List<String> names = new ArrayList<>();
                item.getValue().forEach(name -> names.add(name.asText()));
                items.put(item.getKey(), names);
            } else {
                Schema type = topic(topic)
                        .schema()
                        .getField(item.getKey())
                        .schema()
                        .getTypes()
                        .get(1);
                items.put(item.getKey(), typed(type, item.getValue()));
            }
        });
        return items;
    }

    private static Object typed(Schema type, JsonNode value) {
        if (type.getLogicalType() instanceof LogicalTypes.Decimal) {
            return new BigDecimal(value.asText());
        }
        return value.isNumber() ? (Object) value.intValue() : value.asText();
    }

    private static Pos pos(String text) {
        String[] parts = text.split("\\.");
        return new Pos(
                Integer.parseInt(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
