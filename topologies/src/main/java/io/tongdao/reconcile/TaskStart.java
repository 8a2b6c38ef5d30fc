package io.tongdao.reconcile;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Identity;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.reconcile.rule.ValueSets;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Emission;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Postponed;
import io.tongdao.runtime.Shields;
import io.tongdao.runtime.Sweep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
        this.subjects = new SubjectStore(part.kind(), context.getStateStore(part.named(ReconcileTopology.SUBJECTS)));
        this.graces = new Graces(context.getStateStore(part.named(ReconcileTopology.DUE)));
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
        Sinks sinks = new Sinks(part, context, letters);
        return new ReconcileSubject.Task(
                context,
                subjects,
                store,
                veil,
                new Links(part.kind(), store, veil, subjects, sinks),
                new Reviews(part.kind(), identity, subjects),
                readers,
                spoken,
                bases,
                Names.objections(part.kind()),
                Names.rulings(part.kind()),
                Names.identities(part.kind()),
                part.protections(),
                later,
                () -> Reevaluation.again(context.getStateStore(part.named(ReconcileTopology.RULES))),
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
        Reevaluation rules = new Reevaluation(
                all,
                context.getStateStore(part.named(ReconcileTopology.RULES)),
                part.fingerprint(plan.divisions()),
                subject -> task.anew(subject, context.currentSystemTimeMs()),
                (done, finished) -> settings.reevaluations()
                        .tell(
                                name,
                                new Reevaluations.Progress(
                                        done, Math.max(done, all.approximateNumEntries()), finished)));
        every(STEP, now -> rules.step());
        Recount recount = new Recount(
                all,
                task::testimonies,
                part.datasets().stream().map(DatasetPlan::id).toList(),
                part.kind().word() + "-" + context.taskId().partition(),
                settings.recount(),
                this::count);
        every(STEP, recount::step);
    }

    private void count(byte[] key, byte @Nullable [] value, long now) {
        context.forward(new Record<>(key, new Emission(Names.QUALITY, value), now), part.named("write-counts"));
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
                subjects,
                graces);
    }

    private record Sinks(KindPlan part, ProcessorContext<byte[], Emission> context, String letters)
            implements GoldenRecords.Out, Links.Post {
        @Override
        public void golden(Record<byte[], Emission> record) {
            context.forward(record, part.named("write-golden"));
        }

        @Override
        public void discrepancy(Record<byte[], Emission> record) {
            context.forward(record, part.named("write-discrepancies"));
        }

        @Override
        public void review(Review review, Cause cause) {
            context.forward(Reviews.record(review, cause), part.named("write-reviews"));
        }

        @Override
        public void apart(RowApart apart, Cause cause) {
            Headers headers = new RecordHeaders().add(Lineage.AT, Lineage.at(cause.when()));
            byte[] key = apart.key().getBytes(StandardCharsets.UTF_8);
            Emission emission = new Emission(Names.apart(part.kind()), RowApart.FORMAT.encode(apart));
            context.forward(new Record<>(key, emission, cause.timestamp(), headers), part.named("write-reviews"));
        }

        @Override
        public void withdraw(String topic, String key, Cause cause) {
            Headers headers = new RecordHeaders().add(Lineage.AT, Lineage.at(cause.when()));
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            context.forward(
                    new Record<>(bytes, new Emission(topic, null), cause.timestamp(), headers),
                    part.named("write-reviews"));
        }

        @Override
        public void send(Letter letter, Cause cause) {
            Headers headers = new RecordHeaders();
            if (cause.at() != null) {
                headers.add(Lineage.AT, Lineage.at(cause.at()));
            }
            Emission emission = new Emission(letters, letter.encode());
            context.forward(new Record<>(letter.toBytes(), emission, cause.timestamp(), headers), letters);
        }
    }
}
