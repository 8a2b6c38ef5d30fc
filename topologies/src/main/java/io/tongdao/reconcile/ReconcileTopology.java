package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.ValueSets;
import io.tongdao.runtime.Emission;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Sweep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Reconciliation (多源校核, art. 23): {@code src.*} → {@code base.*} and {@code flag.discrepancy}.
 *
 * <p>One source reads the topics of all datasets that base databases name, and a processor for each subject kind takes what is about its
 * subjects, since one dataset may be about subjects of several kinds (decision 0160); the shape does not depend on how many datasets there
 * are. Everything about one subject is in one partition, so nothing is repartitioned.
 */
public final class ReconcileTopology {
    private static final String READ = "read-claims";
    private final Plan plan;
    private final WireFormat wire;
    private final ReconcileSettings settings;

    public ReconcileTopology(Plan plan, WireFormat wire, ReconcileSettings settings) {
        this.plan = plan;
        this.wire = wire;
        this.settings = settings;
    }

    /** Adds the source, then the processors in the order of the kinds. */
    public Topology build(Topology topology) {
        List<KindPlan> parts = Stream.of(SubjectKind.values())
                .map(kind -> KindPlan.of(plan, kind))
                .filter(part -> !part.isEmpty())
                .toList();
        if (!parts.isEmpty()) {
            String[] topics =
                    parts.stream().flatMap(KindPlan::topics).distinct().toArray(String[]::new);
            topology.addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics);
            parts.forEach(part -> add(topology, part));
        }
        return topology;
    }

    private void add(Topology topology, KindPlan part) {
        String reconcile = part.named("reconcile");
        topology.addProcessor(
                reconcile,
                Guarded.<byte[], byte[], byte[], Emission>guard(
                        reconcile, () -> new ReconcileSubject(context -> begin(part, context))),
                READ);
        topology.addStateStore(store(part.named("claims-by-subject")), reconcile);
        topology.addStateStore(store(part.named("golden-by-subject")), reconcile);
        Emission.addSink(topology, part.named("write-golden"), reconcile);
        Emission.addSink(topology, part.named("write-discrepancies"), reconcile);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    private ReconcileSubject.Task begin(KindPlan part, ProcessorContext<byte[], Emission> context) {
        KeyValueStore<Bytes, byte[]> claims = context.getStateStore(part.named("claims-by-subject"));
        KeyValueStore<Bytes, byte[]> golden = context.getStateStore(part.named("golden-by-subject"));
        Sweep deleted = new Sweep(claims, HeldFormat::deletedAt, settings.remember());
        Sweep gone = new Sweep(golden, GoldenState::goneAt, settings.remember());
        context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            deleted.step(now);
            gone.step(now);
        });
        List<GoldenRecords> bases =
                part.bases().stream().map(base -> golden(base, golden)).toList();
        Map<String, ClaimReader> readers = new HashMap<>();
        Map<String, List<GoldenRecords>> spoken = new HashMap<>();
        for (DatasetPlan dataset : part.datasets()) {
            String topic = dataset.topic().name();
            readers.put(topic, new ClaimReader(dataset, part.bases(), wire));
            spoken.put(
                    topic,
                    bases.stream().filter(base -> base.reads(dataset.id())).toList());
        }
        return new ReconcileSubject.Task(context, new ClaimStore(claims), readers, spoken, new Sinks(part, context));
    }

    private GoldenRecords golden(BasePlan base, KeyValueStore<Bytes, byte[]> store) {
        return new GoldenRecords(
                base,
                new Reconciler(base, plan.divisions(), new ValueSets(settings.valueSetKey())),
                new GoldenWriter(base, wire),
                settings.generation(),
                store);
    }

    private record Sinks(KindPlan part, ProcessorContext<byte[], Emission> context) implements GoldenRecords.Out {
        @Override
        public void golden(Record<byte[], Emission> record) {
            context.forward(record, part.named("write-golden"));
        }

        @Override
        public void discrepancy(Record<byte[], Emission> record) {
            context.forward(record, part.named("write-discrepancies"));
        }
    }
}
