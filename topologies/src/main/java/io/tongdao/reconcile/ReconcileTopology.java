package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.ValueSets;
import io.tongdao.runtime.Emission;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Sweep;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
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
 * are. Everything about one subject is in one partition, so nothing is repartitioned. A second source reads what people say about golden
 * records, objections and rulings, in order with the rest.
 */
public final class ReconcileTopology {
    private static final String READ = "read-claims";
    private static final String ORDERS = "read-orders";

    /** How often a step of finding golden records anew is taken, and how often grace periods are looked at. */
    static final Duration STEP = Duration.ofMillis(100);

    static final Duration GRACES = Duration.ofSeconds(1);
    private static final int GRACES_A_TURN = 500;
    private static final String CLAIMS = "claims-by-subject";
    private static final String GOLDEN = "golden-by-subject";
    private static final String DUE = "graces-by-due";
    private static final String RULES = "rules-by-base";

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
            String[] orders = parts.stream().flatMap(KindPlan::orders).toArray(String[]::new);
            topology.addSource(ORDERS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), orders);
            parts.forEach(part -> add(topology, part));
        }
        return topology;
    }

    private void add(Topology topology, KindPlan part) {
        String reconcile = part.named("reconcile");
        topology.addProcessor(
                reconcile,
                Guarded.<byte[], byte[], byte[], Emission>guard(
                        reconcile, () -> new ReconcileSubject(context -> new TaskStart(part, context).begin())),
                READ,
                ORDERS);
        for (String store : List.of(CLAIMS, GOLDEN, DUE, RULES)) {
            topology.addStateStore(store(part.named(store)), reconcile);
        }
        Emission.addSink(topology, part.named("write-golden"), reconcile);
        Emission.addSink(topology, part.named("write-discrepancies"), reconcile);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** Makes the parts of one task of one kind. */
    private final class TaskStart {
        private final KindPlan part;
        private final ProcessorContext<byte[], Emission> context;
        private final KeyValueStore<Bytes, byte[]> claims;
        private final KeyValueStore<Bytes, byte[]> golden;
        private final Graces graces;

        TaskStart(KindPlan part, ProcessorContext<byte[], Emission> context) {
            this.part = part;
            this.context = context;
            this.claims = context.getStateStore(part.named(CLAIMS));
            this.golden = context.getStateStore(part.named(GOLDEN));
            this.graces = new Graces(context.getStateStore(part.named(DUE)));
        }

        ReconcileSubject.Task begin() {
            Map<String, Map<String, ItemType>> types = part.types();
            Map<String, GoldenRecords> bases = new LinkedHashMap<>();
            part.bases().forEach(base -> bases.put(base.name(), golden(base, types)));
            Map<String, ClaimReader> readers = new HashMap<>();
            Map<String, List<GoldenRecords>> spoken = new HashMap<>();
            for (DatasetPlan dataset : part.datasets()) {
                String topic = dataset.topic().name();
                readers.put(topic, new ClaimReader(dataset, part.bases(), wire));
                spoken.put(
                        topic,
                        bases.values().stream()
                                .filter(base -> base.reads(dataset.id()))
                                .toList());
            }
            String name = part.kind().word() + " " + context.taskId().partition();
            ReconcileSubject.Task task = new ReconcileSubject.Task(
                    context,
                    new ClaimStore(claims),
                    readers,
                    spoken,
                    bases,
                    Names.objections(part.kind()),
                    Names.rulings(part.kind()),
                    new Sinks(part, context),
                    () -> settings.reevaluations().forget(name));
            schedule(task, name);
            return task;
        }

        private void schedule(ReconcileSubject.Task task, String name) {
            Sweep deleted = new Sweep(claims, HeldFormat::deletedAt, settings.remember());
            Sweep gone = new Sweep(golden, GoldenState::goneAt, settings.remember());
            every(Sweep.EVERY, now -> {
                deleted.step(now);
                gone.step(now);
            });
            every(
                    GRACES,
                    now -> graces.take(now, GRACES_A_TURN)
                            .forEach(over -> task.anew(over.subject(), over.base(), now)));
            Reevaluation rules = new Reevaluation(
                    claims,
                    context.getStateStore(part.named(RULES)),
                    part.fingerprint(plan.divisions()),
                    subject -> task.anew(subject, context.currentSystemTimeMs()),
                    (done, finished) -> settings.reevaluations()
                            .tell(
                                    name,
                                    new Reevaluations.Progress(
                                            done, Math.max(done, claims.approximateNumEntries()), finished)));
            every(STEP, now -> rules.step());
        }

        private void every(Duration interval, Punctuator act) {
            context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, Guarded.guard(part.named("reconcile"), act));
        }

        private GoldenRecords golden(BasePlan base, Map<String, Map<String, ItemType>> types) {
            return new GoldenRecords(
                    base,
                    new Reconciler(base, plan.divisions(), new ValueSets(settings.valueSetKey()), types),
                    new GoldenWriter(base, wire),
                    settings.generation(),
                    golden,
                    graces);
        }
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
