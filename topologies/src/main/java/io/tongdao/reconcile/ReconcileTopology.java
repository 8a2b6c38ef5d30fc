package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.BySubject;
import io.tongdao.runtime.Emission;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Postponed;
import io.tongdao.runtime.Shields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Reconciliation (多源校核, art. 23): {@code src.*} → {@code base.*}, {@code flag.discrepancy} and {@code flag.review}.
 *
 * <pre>
 * src.* ─ read-claims ─┬─ reconcile-person ─┬─ write-golden, -discrepancies, -reviews ─ each to its own topic
 * ctl.* ─ read-orders ─┘        │           └─ links ──┐
 *                            stores                    │ (one repartition a kind, letters about other identifiers)
 *                               │                      │
 *                       heed-links-person ─┬─ write-…  │
 *                               ▲          └─ send-links
 *                               └──────────────────────┘
 * </pre>
 *
 * <p>One source reads the topics of all datasets that base databases name, and a processor for each subject kind takes what is about its
 * subjects, since one dataset may be about subjects of several kinds (decision 0160); the shape does not depend on how many datasets there
 * are. Everything about one subject is in one partition. A second source reads what people say about golden records and rows, objections and
 * rulings, and what the stage has to remember when it is rebuilt, in order with the rest; a third what leaves no trace, which overtakes the rest. Only persons and organisations are given numbers that become others: letters are theirs.
 */
public final class ReconcileTopology {
    static final String SUBJECTS = "subjects";
    static final String DUE = "graces-by-due";
    static final String RULES = "rules-by-base";
    static final String POSTPONED = "postponed-by-subject";
    static final String PROTECTIONS = "protections-by-key";
    private static final List<String> STORES = List.of(SUBJECTS, DUE, RULES);
    private static final Set<SubjectKind> RENUMBERED = Set.of(SubjectKind.PERSON, SubjectKind.ORGANISATION);
    private static final String RECONCILE = "reconcile";
    private static final String HEED = "heed-links";
    /** As Kafka Streams names the node before, and the topic of, a repartition. */
    private static final String ENTRY = "-repartition-filter";

    private static final String TOPIC = "-repartition";
    /** Letters travel as emissions, so that one processor can write both: of them only the value counts. */
    private static final Serde<Emission> LETTERS =
            Serdes.serdeFrom((topic, letter) -> letter.value(), (topic, bytes) -> new Emission("links", bytes));

    /** So that explain, which reads a partition of the log of subjects whole, finds little that is neither state nor history. */
    private static final int SEGMENT = 64 << 20;

    private final Plan plan;
    private final WireFormat wire;
    private final ReconcileSettings settings;
    private final Backlog backlog;

    /** @param backlog hears how many subjects wait */
    ReconcileTopology(Plan plan, WireFormat wire, ReconcileSettings settings, Backlog backlog) {
        this.plan = plan;
        this.wire = wire;
        this.settings = settings;
        this.backlog = backlog;
    }

    /** The sources, then the processors in the order of the kinds, then where they write. */
    public Topology build(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder(config);
        List<KindPlan> parts = Stream.of(SubjectKind.values())
                .map(kind -> KindPlan.of(plan, kind))
                .filter(part -> !part.isEmpty())
                .toList();
        if (!parts.isEmpty()) {
            KStream<byte[], byte[]> input = stream(
                            builder, "read-claims", parts.stream().flatMap(KindPlan::topics))
                    .merge(
                            stream(
                                    builder,
                                    "read-orders",
                                    parts.stream()
                                            .flatMap(part -> Stream.concat(part.orders(), Stream.of(part.seeds())))),
                            Named.as("gather-input"))
                    .merge(protections(builder, parts), Named.as("gather-protections"));
            parts.forEach(part -> add(builder, input, part));
        }
        Topology topology = builder.build();
        parts.forEach(part -> write(topology, part));
        return topology;
    }

    private static KStream<byte[], byte[]> stream(StreamsBuilder builder, String name, Stream<String> topics) {
        Set<String> names = topics.collect(Collectors.toCollection(TreeSet::new));
        return builder.stream(
                names, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name));
    }

    private static KStream<byte[], byte[]> protections(StreamsBuilder builder, List<KindPlan> parts) {
        Set<String> names = parts.stream().map(KindPlan::protections).collect(Collectors.toCollection(TreeSet::new));
        return builder.stream(
                names,
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withTimestampExtractor(Shields.FIRST)
                        .withName("read-protections"));
    }

    private void add(StreamsBuilder builder, KStream<byte[], byte[]> input, KindPlan part) {
        STORES.forEach(store -> builder.addStateStore(store(part.named(store))));
        builder.addStateStore(Shields.store(part.named(PROTECTIONS)));
        String[] stores = Stream.concat(STORES.stream(), Stream.of(PROTECTIONS))
                .map(part::named)
                .toArray(String[]::new);
        String postponed = part.named(POSTPONED);
        builder.addStateStore(Postponed.store(postponed));
        String reconcile = part.named(RECONCILE);
        KStream<byte[], Emission> letters = input.process(
                Guarded.guard(
                        reconcile,
                        () -> new ReconcileSubject(
                                context -> new TaskStart(plan, wire, settings, part, context, links(part) + ENTRY)
                                        .beginAll(backlog))),
                Named.as(reconcile),
                Stream.concat(Stream.of(stores), Stream.of(postponed)).toArray(String[]::new));
        if (renumbered(part)) {
            String heed = part.named(HEED);
            letters.repartition(Repartitioned.<byte[], Emission>as(links(part))
                            .withKeySerde(Serdes.ByteArray())
                            .withValueSerde(LETTERS)
                            .withNumberOfPartitions(plan.partitions().getOrDefault(part.kind(), 1))
                            .withStreamPartitioner(new BySubject<>()))
                    .process(
                            Guarded.guard(
                                    heed,
                                    () -> new HeedLinks(context -> new TaskStart(
                                                    plan, wire, settings, part, context, part.named("send-links"))
                                            .begin())),
                            Named.as(heed),
                            stores);
        }
    }

    private static void write(Topology topology, KindPlan part) {
        String[] parents = renumbered(part)
                ? new String[] {part.named(RECONCILE), part.named(HEED)}
                : new String[] {part.named(RECONCILE)};
        Emission.addSink(topology, part.named("write-golden"), parents);
        Emission.addSink(topology, part.named("write-discrepancies"), parents);
        Emission.addSink(topology, part.named("write-reviews"), parents);
        Emission.addSink(topology, part.named("write-counts"), part.named(RECONCILE));
        if (renumbered(part)) {
            topology.addSink(
                    part.named("send-links"),
                    links(part) + TOPIC,
                    new ByteArraySerializer(),
                    LETTERS.serializer(),
                    new BySubject<Emission>(),
                    part.named(HEED));
        }
    }

    private Map<String, String> history() {
        return Map.of(
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(settings.history().toMillis()),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(SEGMENT));
    }

    private static boolean renumbered(KindPlan part) {
        return RENUMBERED.contains(part.kind());
    }

    private static String links(KindPlan part) {
        return part.named("links");
    }

    private StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        var store =
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
        return name.startsWith(SUBJECTS) ? store.withLoggingEnabled(history()) : store;
    }
}
