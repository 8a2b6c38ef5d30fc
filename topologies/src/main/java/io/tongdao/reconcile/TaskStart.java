package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Identity;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.ValueSets;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Emission;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Hold;
import io.tongdao.runtime.Postponed;
import io.tongdao.runtime.RebuildAck;
import io.tongdao.runtime.Shields;
import io.tongdao.runtime.Sweep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of one task of one kind. Its two processors have parts of their own over the same stores; what one does the other sees
 * there.
 */
final class TaskStart {
    /** How often a step of finding golden records anew is taken, and how often grace periods are looked at. */
    static final Duration STEP = Duration.ofMillis(100);

    static final Duration GRACES = Duration.ofSeconds(1);
    private static final int GRACES_A_TURN = 500;
    private final Plan plan;
    private final WireFormat wire;
    private final ReconcileSettings settings;
    private final KindPlan part;
    private final ProcessorContext<byte[], Emission> context;
    private final String letters;
    private final SubjectStore subjects;
    private final Graces graces;
    private final KeyValueStore<Bytes, byte[]> rules;
    private final Hold hold;

    /** @param letters the node that letters go to */
    TaskStart(
            Plan plan,
            WireFormat wire,
            ReconcileSettings settings,
            KindPlan part,
            ProcessorContext<byte[], Emission> context,
            String letters) {
        this.plan = plan;
        this.wire = wire;
        this.settings = settings;
        this.part = part;
        this.context = context;
        this.letters = letters;
        this.subjects = new SubjectStore(
                part.kind(), context.getStateStore(part.named(ReconcileTopology.SUBJECTS)), StateNames.of(part));
        this.graces = new Graces(context.getStateStore(part.named(ReconcileTopology.DUE)));
        this.rules = context.getStateStore(part.named(ReconcileTopology.RULES));
        this.hold = new Hold(rules, settings.generation());
    }

    /**
     * With what is done by the clock: once for a task.
     *
     * @param backlog hears how many subjects wait
     */
    ReconcileSubject.Task beginAll(Backlog backlog) {
        String name = part.kind().word() + " " + context.taskId().partition();
        Postponed postponed = new Postponed(
                context.getStateStore(part.named(ReconcileTopology.POSTPONED)), settings.postpone(), backlog);
        ReconcileSubject.Task task = task(postponed::add, () -> {
            settings.reevaluations().forget(name);
            postponed.close();
        });
        every(Postponed.STEP, now -> postponed.step(now, subject -> task.late(subject, now)));
        schedule(task, name);
        return task;
    }

    ReconcileSubject.Task begin() {
        return task((subject, topic, time, now) -> false, () -> {});
    }

    private ReconcileSubject.Task task(ReconcileSubject.Later later, Runnable end) {
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
        Identity identity = Identity.of(part.bases(), plan.divisions(), new ValueSets(settings.valueSetKey()));
        ClaimStore store =
                new ClaimStore(subjects, identity == null ? Set.of() : identity.whole(), settings.manyRows());
        Veil veil = new Veil(new Shields(context.getStateStore(part.named(ReconcileTopology.PROTECTIONS))));
        Sinks sinks = new Sinks(part, context, letters, subjects.format());
        return new ReconcileSubject.Task(
                context,
                subjects,
                store,
                veil,
                new Links(part.kind(), store, veil, subjects, sinks, hold::on),
                new Reviews(part.kind(), identity, subjects),
                readers,
                spoken,
                bases,
                Names.objections(part.kind()),
                Names.rulings(part.kind()),
                Names.identities(part.kind()),
                part.protections(),
                hold,
                new Seeds(part, subjects),
                later,
                () -> Reevaluation.again(rules),
                sinks,
                end);
    }

    private void schedule(ReconcileSubject.Task task, String name) {
        Sweep gone = subjects.sweep(settings.remember());
        every(Sweep.EVERY, gone::step);
        KeyValueStore<Bytes, byte[]> all = subjects.store();
        every(
                GRACES,
                now -> graces.take(now, GRACES_A_TURN).forEach(over -> task.anew(over.subject(), over.base(), now)));
        Reevaluation anew = new Reevaluation(
                all,
                rules,
                part.fingerprint(plan.divisions()),
                subject -> task.anew(subject, context.currentSystemTimeMs()),
                (done, finished) -> settings.reevaluations()
                        .tell(
                                name,
                                new Reevaluations.Progress(
                                        done, Math.max(done, all.approximateNumEntries()), finished)));
        every(STEP, now -> walk(anew, now));
        Recount recount = new Recount(
                all,
                task::testimonies,
                part.datasets().stream().map(DatasetPlan::id).toList(),
                part(part.kind(), context.taskId().partition()),
                settings.recount(),
                this::count);
        every(STEP, now -> {
            if (!hold.on()) {
                recount.step(now);
            }
        });
    }

    /** A rebuilt task that was told to go has gone through all its subjects when all golden records are found. */
    private void walk(Reevaluation anew, long now) {
        if (hold.released()) {
            hold.go();
        }
        if (!hold.on() && anew.step() && hold.walking()) {
            hold.done();
            RebuildAck ack = new RebuildAck(
                    ReconcileStage.NAME, part(part.kind(), context.taskId().partition()), hold.generation());
            emit(Names.STAGES, ack.key().getBytes(StandardCharsets.UTF_8), RebuildAck.FORMAT.encode(ack), now);
        }
    }

    /** As it is called in what it acknowledges. */
    static String part(SubjectKind kind, int partition) {
        return kind.word() + "-" + partition;
    }

    private void count(byte[] key, byte @Nullable [] value, long now) {
        emit(Names.QUALITY, key, value, now);
    }

    private void emit(String topic, byte[] key, byte @Nullable [] value, long now) {
        context.forward(new Record<>(key, new Emission(topic, value), now), part.named("write-counts"));
    }

    private void every(Duration interval, Punctuator act) {
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, Guarded.guard(part.named("reconcile"), act));
    }

    private GoldenRecords golden(BasePlan base, Map<String, Map<String, ItemType>> types) {
        return new GoldenRecords(
                base,
                new Reconciler(base, plan.divisions(), new ValueSets(settings.valueSetKey()), types),
                new GoldenWriter(base, wire),
                settings.generation().number(),
                subjects,
                graces);
    }
}
