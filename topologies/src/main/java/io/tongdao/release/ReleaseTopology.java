package io.tongdao.release;

import io.tongdao.contract.grant.GrantTables;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Shields;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The release stage. One sub-topology for each subject kind, of the same shape however many datasets, tables and grants there are:
 *
 * <pre>
 * src.*, base.* of the kind ─ rows-&lt;kind&gt; ──┐
 * ctl.protect.&lt;kind&gt; ── protections-&lt;kind&gt; ─┤
 * ctl.release.&lt;kind&gt; ─────── orders-&lt;kind&gt; ─┴─ release-&lt;kind&gt; ─ released-&lt;kind&gt; ─ each grant's own topic, ctl.ack, audit.*
 *                              rows-by-table-&lt;kind&gt;, grants-&lt;kind&gt;, protections-by-key-&lt;kind&gt;, ledger-&lt;kind&gt;
 * </pre>
 */
public final class ReleaseTopology {
    /** Orders overtake the rows that wait in a task: a suspension doesn't queue behind a backlog. */
    private static final TimestampExtractor FIRST = (record, partitionTime) -> 0;

    private final Plan plan;
    private final WireFormat format;
    private final ReleaseKeys keys;

    public ReleaseTopology(Plan plan, WireFormat format, ReleaseKeys keys) {
        this.plan = plan;
        this.format = format;
        this.keys = keys;
    }

    public Topology build(TopologyConfig config) {
        Topology topology = new Topology(config);
        GrantTables.kinds(plan).forEach(kind -> add(topology, kind));
        return topology;
    }

    private void add(Topology topology, SubjectKind kind) {
        String word = kind.word();
        String release = "release-" + word;
        String[] tables = GrantTables.tables(plan, kind).keySet().toArray(String[]::new);
        var bytes = new ByteArrayDeserializer();
        topology.addSource("rows-" + word, bytes, bytes, tables)
                .addSource(AutoOffsetReset.earliest(), "orders-" + word, FIRST, bytes, bytes, Names.release(kind))
                .addSource(
                        AutoOffsetReset.earliest(),
                        "protections-" + word,
                        Shields.FIRST,
                        bytes,
                        bytes,
                        Names.protections(kind))
                .addProcessor(
                        release,
                        Guarded.guard(release, () -> new Releaser(plan, kind, format, keys)),
                        "rows-" + word,
                        "orders-" + word,
                        "protections-" + word)
                .addStateStore(Shields.store(protectionsStore(kind)), release)
                .addStateStore(store(rowsStore(kind)).withCachingDisabled(), release)
                .addStateStore(store(grantsStore(kind)).withCachingDisabled(), release)
                .addStateStore(store(ledgerStore(kind)).withCachingEnabled(), release);
        Outgoing.addSink(topology, "released-" + word, release);
    }

    static String rowsStore(SubjectKind kind) {
        return "rows-by-table-" + kind.word();
    }

    static String grantsStore(SubjectKind kind) {
        return "grants-" + kind.word();
    }

    static String ledgerStore(SubjectKind kind) {
        return "ledger-" + kind.word();
    }

    static String protectionsStore(SubjectKind kind) {
        return "protections-by-key-" + kind.word();
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }
}
