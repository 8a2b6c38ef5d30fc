package io.tongdao.compose;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Emission;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Postponed;
import io.tongdao.runtime.Shields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Composition (主题库, art. 12): {@code src.*} and {@code base.*} → {@code theme.*}. One sub-topology of the same shape however many datasets
 * and tables there are:
 *
 * <pre>
 * src.*, base.* ─ read-sources ─ compose-subject ─┬─ write-themes ─ each table's own topic
 *                                       │         └─ foreign ──┐
 *                                    stores                    │ (one repartition, letters about other subjects)
 *                                       │                      │
 *                               heed-foreign ──┬─ write-themes │
 *                                       ▲      └─ send-foreign ┤
 *                                       └──────────────────────┘
 * </pre>
 *
 * Everything about one subject is in one partition, whatever its kind's number of partitions: a letter goes to the partition that the other
 * subject's own records are in.
 */
final class ComposeTopology {
    static final String ROWS = "rows-by-source";
    static final String FIGURES = "figures-by-subject";
    static final String COMPOSED = "composed-by-table";
    static final String SUBSCRIBERS = "subscribers-by-subject";
    static final String WALKS = "walks-by-table";
    static final String POSTPONED = "postponed-by-subject";
    static final String PROTECTIONS = "protections-by-key";
    static final String APART = "apart-by-row";
    static final List<String> STORES = List.of(ROWS, FIGURES, COMPOSED, SUBSCRIBERS, WALKS);
    static final String WRITE = "write-themes";
    static final String SEND = "send-foreign";
    private static final String SUBJECT = "compose-subject";
    private static final String HEED = "heed-foreign";
    private static final String FOREIGN = "foreign";
    /** As Kafka Streams names the node before, and the topic of, a repartition. */
    private static final String FOREIGN_ENTRY = "foreign-repartition-filter";

    private static final String FOREIGN_TOPIC = "foreign-repartition";
    /** Letters travel as emissions, so that one processor can write both: of them only the value counts. */
    private static final Serde<Emission> LETTERS =
            Serdes.serdeFrom((topic, letter) -> letter.value(), (topic, bytes) -> new Emission(FOREIGN, bytes));

    private final Plan plan;
    private final WireFormat wire;
    private final ComposeSettings settings;
    private final Backlog backlog;

    /** @param backlog hears how many subjects wait */
    ComposeTopology(Plan plan, WireFormat wire, ComposeSettings settings, Backlog backlog) {
        this.plan = plan;
        this.wire = wire;
        this.settings = settings;
        this.backlog = backlog;
    }

    Topology build(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder(config);
        STORES.forEach(name -> builder.addStateStore(store(name)));
        builder.addStateStore(Shields.store(PROTECTIONS));
        builder.addStateStore(Aside.store(APART));
        builder.addStateStore(Postponed.store(POSTPONED));
        String[] stores =
                Stream.concat(STORES.stream(), Stream.of(PROTECTIONS, APART)).toArray(String[]::new);
        builder.stream(
                        Tables.topics(plan),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-sources"))
                .merge(first(builder), Named.as("gather-first"))
                .process(
                        Guarded.guard(SUBJECT, () -> new ComposeSubject(plan, wire, settings, backlog, FOREIGN_ENTRY)),
                        Named.as(SUBJECT),
                        Stream.concat(Stream.of(stores), Stream.of(POSTPONED)).toArray(String[]::new))
                .repartition(Repartitioned.<byte[], Emission>as(FOREIGN)
                        .withKeySerde(Serdes.ByteArray())
                        .withValueSerde(LETTERS)
                        .withNumberOfPartitions(partitions())
                        .withStreamPartitioner(partitioner(plan.partitions())))
                .process(
                        Guarded.guard(HEED, () -> new HeedForeign(plan, wire, settings, SEND)), Named.as(HEED), stores);
        Topology topology = builder.build();
        Emission.addSink(topology, WRITE, SUBJECT, HEED);
        return topology.addSink(
                SEND,
                FOREIGN_TOPIC,
                new ByteArraySerializer(),
                LETTERS.serializer(),
                partitioner(plan.partitions()),
                HEED);
    }

    /**
     * What rows leave no trace, which are about somebody else, and what the stage has to remember when it is rebuilt: they overtake the rows that wait. Of all kinds: a task has the partitions of
     * whichever kinds have so many.
     */
    private KStream<byte[], byte[]> first(StreamsBuilder builder) {
        return builder.stream(
                Stream.concat(
                                plan.partitions().keySet().stream()
                                        .flatMap(kind -> Stream.of(Names.protections(kind), Names.seeds(kind))),
                                plan.reconciled().stream().map(Names::apart))
                        .toList(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withTimestampExtractor(Shields.FIRST)
                        .withName("read-first"));
    }

    /** As many as the largest kind has, whether or not a table is about it: the number never changes. */
    private int partitions() {
        return plan.partitions().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
    }

    /** To where the subject's own records are, by its kind's number of partitions. */
    private static StreamPartitioner<byte[], Emission> partitioner(Map<SubjectKind, Integer> partitions) {
        return (topic, key, letter, count) -> {
            SubjectKind kind = Letter.kind(letter.value());
            Integer own = partitions.get(kind);
            if (own == null) {
                throw new IllegalStateException("the plan has no partitions for kind " + kind.word());
            }
            return Optional.of(Set.of(SubjectKey.partition(key, own)));
        };
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }
}
