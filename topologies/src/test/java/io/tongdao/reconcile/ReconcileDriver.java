package io.tongdao.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.runtime.Generation;
import io.tongdao.runtime.Postponed.Patience;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Seeding;
import io.tongdao.runtime.Seeding.Sown;
import io.tongdao.runtime.StreamsSettings;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on Kafka's test driver, with records in and out as JSON. */
final class ReconcileDriver implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> STORES =
            List.of("subjects-", "graces-by-due-", "rules-by-base-", "protections-by-key-", "postponed-by-subject-");
    /** Less than a snapshot of the cases has: both ways are gone. */
    private static final int MANY_ROWS = 2;

    private final Plan plan;
    private final WireFormat wire;
    private final TopologyTestDriver driver;
    private final Map<String, List<TestRecord<byte[], byte[]>>> before = new HashMap<>();
    private final Patience postpone;
    private final int manyRows;
    private final Generation generation;
    private Instant now;

    ReconcileDriver(Path state) {
        this(state, SampleProvince.plan(), START);
    }

    ReconcileDriver(Path state, Plan plan, Instant now) {
        this(state, plan, now, Patience.NONE, MANY_ROWS);
    }

    /**
     * @param postpone how long subjects wait for more rows of snapshots
     * @param manyRows of more rows of a dataset only those that speak are read
     */
    ReconcileDriver(Path state, Plan plan, Instant now, Patience postpone, int manyRows) {
        this(state, plan, now, postpone, manyRows, Generation.FIRST);
    }

    private ReconcileDriver(
            Path state, Plan plan, Instant now, Patience postpone, int manyRows, Generation generation) {
        this.generation = generation;
        this.plan = plan;
        this.postpone = postpone;
        this.manyRows = manyRows;
        this.wire = SampleProvince.wire(plan);
        this.now = now;
        StreamsSettings settings = StreamsSettings.embedded(Map.of("bootstrap.servers", "localhost:1"), state);
        driver = new TopologyTestDriver(topology(settings), settings.properties(ReconcileStage.NAME), now);
    }

    /** The same task on another machine: its stores are restored, by other rules if the plan has others. */
    ReconcileDriver restart(Path state, Plan next) {
        ReconcileDriver again = new ReconcileDriver(state, next, now, postpone, manyRows, generation);
        for (SubjectKind kind : plan.reconciled()) {
            for (String store : STORES) {
                KeyValueStore<Bytes, byte[]> from = driver.getKeyValueStore(store + kind.word());
                KeyValueStore<Bytes, byte[]> to = again.driver.getKeyValueStore(store + kind.word());
                try (var all = from.all()) {
                    all.forEachRemaining(entry -> to.put(entry.key, entry.value));
                }
            }
        }
        written(again);
        return again;
    }

    private void written(ReconcileDriver again) {
        for (String topic : written()) {
            again.before.put(topic, new ArrayList<>(read(topic)));
        }
        close();
    }

    /** The stage without its state, as a rebuild starts it. */
    ReconcileDriver begunAnew(Path state) {
        Generation next = new Generation(generation.number() + 1, Generation.State.READING);
        ReconcileDriver again = new ReconcileDriver(state, plan, now, postpone, manyRows, next);
        written(again);
        return again;
    }

    /** Tells it what its topics hold. */
    void sow() {
        Seeding seeding = ReconcileStage.seeding(plan, wire, generation.number());
        for (String topic : seeding.topics()) {
            Map<String, TestRecord<byte[], byte[]>> last = new LinkedHashMap<>();
            read(topic).forEach(record -> last.put(text(record.key()), record));
            last.values().stream().filter(record -> record.value() != null).forEach(record -> {
                Sown sown = seeding.sow(topic, record.key(), record.value(), record.headers());
                if (sown != null) {
                    seed(sown.kind(), sown.seed());
                }
            });
        }
    }

    /** All tasks have read everything. */
    void go() {
        plan.reconciled().forEach(kind -> seed(kind, new Seed.Go(generation.number(), ReconcileStage.NAME)));
    }

    private void seed(SubjectKind kind, Seed seed) {
        order("ctl.seed." + kind.word(), "S", seed.encode());
    }

    /** What somebody says about a golden record. */
    void order(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(bytes(key), value, new RecordHeaders(), now));
    }

    /** Every discrepancy as it was told last, by key. */
    Map<String, Discrepancy> discrepancies() {
        Map<String, Discrepancy> last = new TreeMap<>();
        read("flag.discrepancy").forEach(record -> {
            last.remove(text(record.key()));
            if (record.value() != null) {
                last.put(text(record.key()), DiscrepancyFormat.FORMAT.decode(record.value()));
            }
        });
        return last;
    }

    /** Every row under review as it was told last, by key. */
    Map<String, Review> reviews() {
        Map<String, Review> last = new TreeMap<>();
        read("flag.review").forEach(record -> last.put(text(record.key()), ReviewFormat.FORMAT.decode(record.value())));
        return last;
    }

    /** Every golden record as it stands. */
    Map<String, Object> goldens(String topic) {
        Map<String, Object> last = new TreeMap<>();
        for (TestRecord<byte[], byte[]> record : read(topic)) {
            last.remove(text(record.key()));
            if (record.value() != null) {
                last.put(text(record.key()), golden(topic, record.value()));
            }
        }
        return last;
    }

    Topology topology(StreamsSettings settings) {
        var reconcile = ReconcileSettings.of(new SecretKeySpec(new byte[32], "HmacSHA256"))
                .in(generation)
                .postponing(postpone)
                .hearing(manyRows);
        return ReconcileStage.app(plan, LocalDate.now(ReconcileStage.ZONE), wire, reconcile)
                .build()
                .apply(settings.topologyConfig(ReconcileStage.NAME));
    }

    static Topology topology(Path state) {
        try (ReconcileDriver driver = new ReconcileDriver(state.resolve("unused"))) {
            return driver.topology(StreamsSettings.embedded(Map.of("bootstrap.servers", "localhost:1"), state));
        }
    }

    /** A change in {@code {key, row, pos, at, value}}. */
    void pipe(String topic, JsonNode change) {
        var headers = new RecordHeaders();
        if (change.has("pos")) {
            headers.add(Lineage.POS, pos(change.get("pos").asText()).bytes());
        }
        if (change.has("at")) {
            headers.add(Lineage.AT, Lineage.at(Instant.parse(change.get("at").asText())));
        }
        if (change.has("row")) {
            headers.add(Lineage.ROW, Arrays.copyOf(bytes(change.get("row").asText()), 16));
        }
        JsonNode value = change.get("value");
        byte[] encoded = value == null || value.isNull() ? null : encode(topic(topic), value);
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(bytes(change.get("key").asText()), encoded, headers, START));
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    long entries(String store) {
        try (var all = driver.getKeyValueStore(store).all()) {
            return Stream.iterate(all, i -> i.hasNext(), i -> {
                        i.next();
                        return i;
                    })
                    .count();
        }
    }

    /** Topics written, changelogs aside. */
    Set<String> written() {
        Set<String> topics = new TreeSet<>(driver.producedTopicNames());
        topics.addAll(before.keySet());
        topics.removeIf(topic -> topic.endsWith("-changelog") || topic.endsWith("-repartition"));
        return topics;
    }

    List<TestRecord<byte[], byte[]>> read(String topic) {
        List<TestRecord<byte[], byte[]>> all = before.computeIfAbsent(topic, t -> new ArrayList<>());
        all.addAll(driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList());
        return List.copyOf(all);
    }

    /** What explain says of a subject, from the logs of the stage alone. */
    Explanation explain(SubjectKind kind, String subject) {
        SubjectLog log = log(kind, subject);
        return new Explainer(plan, kind, wire, new SecretKeySpec(new byte[32], "HmacSHA256")).explain(log);
    }

    Plan plan() {
        return plan;
    }

    /** Whoever ever had a golden record. */
    Set<String> subjects(String topic) {
        return read(topic).stream().map(record -> text(record.key())).collect(Collectors.toCollection(TreeSet::new));
    }

    Map<String, Object> golden(BasePlan base, GoldenRecord golden) {
        return golden(base.topic().name(), new GoldenWriter(base, wire).encode(golden));
    }

    SubjectLog log(SubjectKind kind, String subject) {
        SubjectLog log = new SubjectLog(plan, kind, subject);
        SubjectLog.topics(kind)
                .forEach((topic, what) -> changelog(topic)
                        .forEach(record -> log.take(what, record.key(), record.value(), record.getRecordTime())));
        return log;
    }

    private List<TestRecord<byte[], byte[]>> changelog(String topic) {
        return driver.producedTopicNames().contains(topic) ? read(topic) : List.of();
    }

    /** A golden record as a map: items, {@code _sources} in short and {@code _disputed}. */
    Map<String, Object> golden(String topic, byte[] value) {
        GenericRecord record = wire.reader(topic(topic).schema()).decode(value);
        Map<String, Object> all = new TreeMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object item = record.get(field.pos());
            if (item instanceof BigDecimal number) {
                item = number.toPlainString();
            } else if (item instanceof Map<?, ?> sources) {
                Map<String, String> named = new TreeMap<>();
                sources.forEach((name, source) -> named.put(name.toString(), source((GenericRecord) source)));
                item = named;
            }
            if (item != null) {
                all.put(field.name(), item);
            }
        }
        return all;
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }

    private Topic topic(String name) {
        return Stream.concat(
                        plan.datasets().values().stream().map(d -> d.topic()),
                        plan.bases().values().stream().map(b -> b.topic()))
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private byte[] encode(Topic topic, JsonNode value) {
        GenericRecord record = new GenericData.Record(topic.schema());
        value.properties().forEach(item -> {
            Schema type =
                    topic.schema().getField(item.getKey()).schema().getTypes().get(1);
            record.put(item.getKey(), typed(type, item.getValue()));
        });
        return wire.writer(topic.valueSubject(), topic.schema()).encode(record);
    }

    private static Object typed(Schema type, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (type.getLogicalType() instanceof LogicalTypes.Decimal) {
            return new BigDecimal(value.asText());
        }
        return value.isNumber() ? (Object) value.intValue() : value.asText();
    }

    /** In short: agency, position, the rule if it is not the usual one, and the source's time if there is one. */
    private static String source(GenericRecord source) {
        Pos pos = Pos.parse(((ByteBuffer) source.get("pos")).array());
        String agency = source.get("dataset").toString().replaceFirst("\\..*", "");
        String rule = source.get("rule").toString();
        Object at = source.get("at");
        return "%s %d.%d.%d.%d".formatted(agency, pos.epoch(), pos.commit(), pos.change(), pos.ordinal())
                + (rule.equals("source_of_record") ? "" : " " + rule)
                + (at == null ? "" : " " + Instant.ofEpochMilli((Long) at));
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
