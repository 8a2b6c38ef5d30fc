package io.tongdao.quality;

import com.fasterxml.jackson.databind.JsonNode;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import io.tongdao.runtime.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on Kafka's test driver, on the contract's sound catalogue with rules added, with records in and out as JSON. */
final class QualityDriver implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final QualitySettings SETTINGS = QualitySettings.of(new SecretKeySpec(new byte[32], "HmacSHA256"));
    private static final Path SOUND = Path.of("../avro/src/test/resources/catalogue/sound");
    private static final Map<String, String> RULES =
            Map.of("ga/household_population", """
            rules:
              required: [full_name]
              unique: [household_no]
              timely: {birth_date: P1M}
            """, "mz/marriage_registration", """
            rules:
              unique: [certificate_no]
              checks:
                two_people: {label: 双方不是同一人, holds: husband_id_no != wife_id_no}
            """);
    private final Plan plan;
    private final WireFormat wire;
    private final TopologyTestDriver driver;

    /** The sound catalogue with the rules above, and more for some datasets. */
    static Plan plan(Path dir, Map<String, String> more) {
        Path copy = dir.resolve("catalogue-" + more.hashCode());
        try (Stream<Path> files = Files.walk(SOUND)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(SOUND.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file) + rules(file, more));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> variables = new HashMap<>(Map.of("inboxes", "/in", "secrets", "/s"));
        for (String database : List.of("postgresql", "mariadb")) {
            variables.put(database + ".host", "localhost");
            variables.put(database + ".port", "1");
        }
        return PlanCompiler.compile(Catalogue.load(copy, variables));
    }

    private static String rules(Path file, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(RULES);
        all.putAll(more);
        return all.entrySet().stream()
                .filter(rules -> file.endsWith("datasets/" + rules.getKey() + ".yaml"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    static WireFormat wire(Plan plan) {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        try {
            for (DatasetPlan dataset : plan.datasets().values()) {
                registry.register(
                        dataset.topic().valueSubject(),
                        new AvroSchema(dataset.topic().schema()));
            }
        } catch (IOException | RestClientException e) {
            throw new AssertionError(e);
        }
        return new WireFormat(registry);
    }

    QualityDriver(Path dir) {
        this(plan(dir, Map.of()), dir);
    }

    QualityDriver(Plan plan, Path dir) {
        this.plan = plan;
        this.wire = wire(plan);
        StreamsSettings settings = StreamsSettings.embedded(Map.of("bootstrap.servers", "localhost:1"), dir);
        driver = new TopologyTestDriver(topology(plan, wire, settings), settings.properties(QualityStage.NAME), START);
    }

    static Topology topology(Plan plan, WireFormat wire, StreamsSettings settings) {
        return new QualityTopology(plan, wire, SETTINGS, LocalDate.of(2026, 3, 1))
                .build(new org.apache.kafka.streams.StreamsBuilder(settings.topologyConfig(QualityStage.NAME)));
    }

    /** A change in {@code {key, row, pos, op, at, value}}. */
    void pipe(String topic, JsonNode change) {
        var headers = new RecordHeaders();
        headers.add(Lineage.POS, pos(change.get("pos").asText()).bytes());
        headers.add(Lineage.ROW, Arrays.copyOf(bytes(change.get("row").asText()), 16));
        if (change.has("op")) {
            headers.add(Lineage.OP, bytes(change.get("op").asText()));
        }
        if (change.has("at")) {
            headers.add(Lineage.AT, Lineage.at(Instant.parse(change.get("at").asText())));
        }
        JsonNode value = change.get("value");
        byte[] encoded = value == null || value.isNull() ? null : encode(plan, wire, topic, value);
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(bytes(change.get("key").asText()), encoded, headers, START));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    long entries(String store) {
        long count = 0;
        try (var all = driver.getKeyValueStore(store).all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    Set<String> written() {
        Set<String> topics = new TreeSet<>(driver.producedTopicNames());
        topics.removeIf(topic -> topic.endsWith("-changelog") || topic.endsWith("-repartition"));
        return topics;
    }

    /** All that was written to {@code flag.quality}, in its order; tombstones as null. */
    List<TestRecord<byte[], byte[]>> read() {
        return driver.createOutputTopic(Names.QUALITY, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** Adds what was written since to what a reader holds. */
    void read(Map<String, byte[]> held) {
        for (TestRecord<byte[], byte[]> record : read()) {
            if (record.value() == null) {
                held.remove(text(record.key()));
            } else {
                held.put(text(record.key()), record.value());
            }
        }
    }

    /** What a reader of {@code flag.quality} takes from it: {@code dataset window rule} → {@code A/B} where B is not 0. */
    static Map<String, String> figures(Map<String, byte[]> held) {
        Map<String, long[]> sums = new TreeMap<>();
        held.forEach((key, value) -> {
            if (QualityCount.is(key)) {
                QualityCount count = QualityCount.parse(value);
                for (QualityCount.Rule rule : count.rules()) {
                    long[] sum = sums.computeIfAbsent(
                            String.join(" ", count.dataset(), count.window(), rule.rule()), none -> new long[2]);
                    sum[0] += rule.conforming();
                    sum[1] += rule.checked();
                }
            }
        });
        Map<String, String> figures = new TreeMap<>();
        sums.forEach((what, sum) -> {
            if (sum[0] != 0 || sum[1] != 0) {
                figures.put(what, sum[0] + "/" + sum[1]);
            }
        });
        return figures;
    }

    /** Likewise: {@code dataset row rule} of what is broken now. */
    static Set<String> broken(Map<String, byte[]> held) {
        Set<String> broken = new TreeSet<>();
        held.forEach((key, value) -> {
            if (Violation.is(key)) {
                Violation found = Violation.parse(value);
                broken.add(String.join(" ", found.dataset(), row(found.row()), found.rule()));
            }
        });
        return broken;
    }

    private static String row(String hex) {
        return text(java.util.HexFormat.of().parseHex(hex)).replace("\0", "");
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }

    static byte[] encode(Plan plan, WireFormat wire, String topic, JsonNode value) {
        DatasetPlan dataset = plan.datasets().get(topic.substring("src.".length()));
        Schema schema = dataset.topic().schema();
        GenericRecord record = new GenericData.Record(schema);
        value.properties()
                .forEach(item -> record.put(
                        item.getKey(),
                        typed(schema.getField(item.getKey()).schema().getTypes().get(1), item.getValue())));
        return wire.writer(dataset.topic().valueSubject(), schema).encode(record);
    }

    private static Object typed(Schema type, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (type.getLogicalType() instanceof LogicalTypes.Decimal) {
            return new BigDecimal(value.asText());
        }
        boolean date = type.getLogicalType() instanceof LogicalTypes.Date;
        return date ? (Object) (int) LocalDate.parse(value.asText()).toEpochDay() : value.asText();
    }

    static Pos pos(String text) {
        String[] parts = text.split("\\.");
        return new Pos(
                Integer.parseInt(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
