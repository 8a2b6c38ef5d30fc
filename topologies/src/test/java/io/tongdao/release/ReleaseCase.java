package io.tongdao.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.grant.GrantCommand;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.seal.NoSealKey;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.seal.SealKeys;
import io.tongdao.contract.seal.SealedRow;
import io.tongdao.contract.seal.Sm4Gcm;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.topic.Ver;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.release.mask.Hmac;
import io.tongdao.release.mask.HmacSm3;
import io.tongdao.release.mask.Tokens;
import io.tongdao.runtime.StreamsSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.AEADBadTagException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs a case folder on the release topology. {@code in-<topic>.jsonl}: lines with step {@code t}, key, value (null: tombstone), {@code pos}
 * or {@code ver}; an order is {@code verb, grant, epoch}, its grant stands in {@code grant-<id>.json}. All lines of a step go in in the
 * order of file names, then the clock moves so that a chunk of backfill is served. Out come lines as in {@code out-<topic>.jsonl}.
 */
final class ReleaseCase implements AutoCloseable {
    private static final byte[] MASTER = new byte[32];
    /** Version 1 as it was before keys were kept; any other is a key of its own, but for one that is gone. */
    static final TokenKeys KEYS = ReleaseCase::key;

    /** The one incident that is open. */
    static final String INCIDENT = "2026-quake-3";

    static final SealKeys SEALS = ReleaseCase::seal;

    static final int GONE = 9;
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Plan plan = SmallProvince.plan();
    private final WireFormat format;
    private final Map<String, Grant> grants = new TreeMap<>();
    private final Map<String, Topic> released = new TreeMap<>();
    private final TopologyTestDriver driver;
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

    ReleaseCase(Path state) {
        format = new WireFormat(registry);
        register(plan.table(SmallProvince.HOUSEHOLD));
        register(plan.table(SmallProvince.POPULATION));
        register(ReleaseLedger.WINDOWS);
        register(ReleaseLedger.SUBJECTS);
        register(plan.table(SmallProvince.SHELTER));
        register(plan.datasets().get(SmallProvince.SHELTER).rows());
        StreamsSettings settings = StreamsSettings.embedded(Map.of("bootstrap.servers", "none:1"), state);
        Properties all = settings.properties(ReleaseStage.NAME);
        driver = new TopologyTestDriver(
                new ReleaseTopology(plan, format, new ReleaseKeys(KEYS, SEALS))
                        .build(settings.topologyConfig(ReleaseStage.NAME)),
                all);
    }

    private static Hmac key(TokenKey key) {
        if (key.version() == GONE) {
            throw new IllegalArgumentException("no key " + key);
        }
        byte[] first = Tokens.derived(MASTER, key.consumer(), key.purpose());
        return new HmacSm3(key.version() == 1 ? first : Tokens.derived(first, "version", "" + key.version()));
    }

    static Seal seal(String incident) {
        if (!incident.equals(INCIDENT)) {
            throw new NoSealKey(incident);
        }
        return new Seal(new TreeMap<>(Map.of(1, new byte[Sm4Gcm.KEY_BYTES])));
    }

    Plan plan() {
        return plan;
    }

    /** What the task holds, as an interactive query sees it. */
    HeldRows.Task task() {
        return new HeldRows.Task(
                driver.getKeyValueStore(ReleaseTopology.rowsStore(SubjectKind.PERSON)),
                driver.getKeyValueStore(ReleaseTopology.grantsStore(SubjectKind.PERSON)),
                driver.getKeyValueStore(ReleaseTopology.protectionsStore(SubjectKind.PERSON)));
    }

    HeldRows held(Grant grant) {
        return new HeldRows(plan, grant, format);
    }

    void know(Grant grant) {
        grants.put(grant.id(), grant);
    }

    Map<String, List<JsonNode>> run(Path folder, Set<String> used) throws IOException {
        TreeMap<Integer, List<Map.Entry<String, JsonNode>>> steps = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("grant-")) {
                    know(grant(Files.readString(file)));
                    used.add(name);
                } else if (name.startsWith("in-")) {
                    String topic = name.substring(3, name.length() - ".jsonl".length());
                    lines(file)
                            .forEach(line -> steps.computeIfAbsent(line.get("t").asInt(), t -> new ArrayList<>())
                                    .add(Map.entry(topic, line)));
                    used.add(name);
                }
            }
        }
        Map<String, List<JsonNode>> out = new LinkedHashMap<>();
        steps.values().forEach(step -> {
            step.forEach(line -> send(line.getKey(), line.getValue()));
            driver.advanceWallClockTime(Duration.ofMillis(20));
            collect(out);
        });
        return out;
    }

    void order(GrantCommand.Verb verb, Grant grant) {
        order(verb, grant, 1);
    }

    void order(GrantCommand.Verb verb, Grant grant, int tokens) {
        register(GrantPlan.compile(plan, grant).topic());
        register(GrantPlan.compile(plan, grant).rows());
        released.put(grant.topic(), GrantPlan.compile(plan, grant).topic());
        pipe(
                Names.release(SubjectKind.PERSON),
                grant.id().getBytes(UTF_8),
                GrantCodec.COMMAND.encode(new GrantCommand(verb, grant, tokens)),
                new RecordHeaders());
    }

    void row(Topic topic, String key, ObjectNode value, Pos pos) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Lineage.POS, pos.bytes());
        pipe(topic.name(), key.getBytes(UTF_8), encoded(topic, value), headers);
    }

    /** A row of what is collected under the incident, as collection sends it; null: its deletion. */
    void sealedRow(String key, @Nullable ObjectNode value, Pos pos) {
        DatasetPlan shelter = Objects.requireNonNull(plan.datasets().get(SmallProvince.SHELTER));
        Topic topic = shelter.topic();
        Seal seal = seal(INCIDENT);
        byte[] name = seal.name(topic.name(), key.getBytes(UTF_8));
        byte[] sealed = value == null
                ? null
                : new SealedRow(key.getBytes(UTF_8), encoded(shelter.rows(), value)).seal(seal, topic.name(), name);
        RecordHeaders headers = new RecordHeaders();
        headers.add(Lineage.POS, pos.bytes());
        WireFormat.Writer writer = format.writer(topic.valueSubject(), topic.schema());
        pipe(
                topic.name(),
                name,
                sealed == null ? null : writer.encode(out -> out.writeBytes(ByteBuffer.wrap(sealed))),
                headers);
    }

    /** A value of an emergency grant, as its consumer reads it with the key. */
    JsonNode opened(Grant grant, String key, JsonNode line) throws AEADBadTagException {
        byte[] sealed =
                Base64.getDecoder().decode(line.get("value").get(Seal.FIELD).asText());
        byte[] clear = seal(INCIDENT).open(grant.topic(), key.getBytes(UTF_8), sealed);
        return json(
                format.reader(GrantPlan.compile(plan, grant).rows().schema()).decode(clear));
    }

    void decide(Protection decision) {
        pipe(
                Names.protections(SubjectKind.PERSON),
                decision.key().getBytes(UTF_8),
                Protection.FORMAT.encode(decision),
                new RecordHeaders());
    }

    void tick() {
        driver.advanceWallClockTime(Duration.ofMillis(20));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** What has come to a topic of the ledger since it was asked last. */
    List<GenericRecord> ledger(Topic topic) {
        return driver
                .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> format.reader(topic.schema()).decode(record.value()))
                .toList();
    }

    Map<String, List<JsonNode>> out() {
        Map<String, List<JsonNode>> out = new LinkedHashMap<>();
        collect(out);
        return out;
    }

    private void send(String name, JsonNode line) {
        if (line.has("verb")) {
            Grant grant = grants.get(line.get("grant").asText());
            int epoch = line.get("epoch").asInt();
            order(GrantCommand.Verb.valueOf(line.get("verb").asText()), grant.atEpoch(epoch));
            return;
        }
        Topic topic = name.startsWith("base.") ? plan.table(name) : plan.table(name.substring("src.".length()));
        RecordHeaders headers = new RecordHeaders();
        if (line.has("pos")) {
            headers.add(Lineage.POS, new Pos(1, line.get("pos").asLong(), 0, 0).bytes());
        } else if (line.has("ver")) {
            headers.add(Lineage.VER, new Ver(0, line.get("ver").asLong()).bytes());
        }
        if (line.has("row")) {
            headers.add(Lineage.ROW, line.get("row").asText().getBytes(UTF_8));
        }
        pipe(name, line.get("key").asText().getBytes(UTF_8), encoded(topic, line.get("value")), headers);
    }

    private void pipe(String topic, byte[] key, byte[] value, RecordHeaders headers) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers));
    }

    private byte[] encoded(Topic topic, JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        GenericRecord record = new GenericData.Record(topic.schema());
        if (topic.schema().getField("_disputed") != null) {
            record.put("_disputed", List.of());
        }
        value.properties().forEach(field -> record.put(field.getKey(), plain(field.getValue())));
        return format.writer(topic.valueSubject(), topic.schema()).encode(record);
    }

    private static Object plain(JsonNode node) {
        if (node.isArray()) {
            List<String> list = new ArrayList<>();
            node.forEach(element -> list.add(element.asText()));
            return list;
        }
        return node.isInt() ? (Object) node.asInt() : node.isNull() ? null : node.asText();
    }

    private void collect(Map<String, List<JsonNode>> out) {
        Set<String> topics = new TreeSet<>(driver.producedTopicNames());
        topics.removeIf(topic -> topic.startsWith("tongdao-") || topic.startsWith("audit."));
        for (String topic : topics) {
            var records = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
            records.forEach(
                    record -> out.computeIfAbsent(topic, t -> new ArrayList<>()).add(shown(topic, record)));
        }
    }

    private JsonNode shown(String topic, TestRecord<byte[], byte[]> record) {
        ObjectNode line = JSON.createObjectNode().put("key", new String(record.key(), UTF_8));
        if (topic.equals(Names.ACKS)) {
            Ack ack = GrantCodec.ACK.decode(record.value());
            return line.put("state", ack.state().name()).put("rows", ack.rows());
        }
        line.put("op", new String(record.headers().lastHeader(Lineage.OP).value(), UTF_8));
        if (record.value() == null) {
            return line.putNull("value");
        }
        GenericRecord value = format.reader(released.get(topic).schema()).decode(record.value());
        return line.set("value", json(value));
    }

    private static JsonNode json(GenericRecord value) {
        ObjectNode node = JSON.createObjectNode();
        value.getSchema().getFields().forEach(field -> {
            Object item = value.get(field.pos());
            if (item instanceof List<?> names) {
                var array = node.putArray(field.name());
                names.forEach(name -> array.add(name.toString()));
            } else if (item instanceof Integer number) {
                node.put(field.name(), number);
            } else if (item instanceof ByteBuffer bytes) {
                node.put(field.name(), Base64.getEncoder().encodeToString(bytes.array()));
            } else {
                node.put(field.name(), item == null ? null : item.toString());
            }
        });
        return node;
    }

    /** As it stood in {@code ctl.grant} of the first format. */
    static Grant grant(String json) {
        byte[] body = json.getBytes(UTF_8);
        byte[] bytes = new byte[body.length + 1];
        bytes[0] = 1;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return GrantCodec.GRANT.decode(bytes);
    }

    static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                nodes.add(JSON.readTree(line));
            }
        }
        return nodes;
    }

    private void register(Topic topic) {
        try {
            registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
