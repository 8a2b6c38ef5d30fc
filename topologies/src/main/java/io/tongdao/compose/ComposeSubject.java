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
import io.tongdao.runtime.RebuildAck;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Sweep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes the sources' records, and does long works, and what was postponed, between them. Markers pass by. */
final class ComposeSubject implements Processor<byte[], byte[], byte[], Emission> {
    private static final Duration BETWEEN_SLICES = Duration.ofMillis(20);
    private final Plan plan;
    private final WireFormat wire;
    private final ComposeSettings settings;
    private final Backlog backlog;
    private final String letters;
    /** The topics of rows told apart → of which kind. */
    private final Map<String, SubjectKind> apartOf;

    private @Nullable Postponed postponed;
    private @Nullable ProcessorContext<byte[], Emission> context;
    private @Nullable ComposeTask task;

    /**
     * @param backlog hears how many subjects wait
     * @param letters the node that letters go to
     */
    ComposeSubject(Plan plan, WireFormat wire, ComposeSettings settings, Backlog backlog, String letters) {
        this.plan = plan;
        this.wire = wire;
        this.settings = settings;
        this.backlog = backlog;
        this.letters = letters;
        this.apartOf = plan.reconciled().stream().collect(Collectors.toMap(Names::apart, kind -> kind));
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> processing) {
        context = processing;
        ComposeTask.State state = TaskOut.state(processing);
        Postponed late =
                new Postponed(processing.getStateStore(ComposeTopology.POSTPONED), settings.postpone(), backlog);
        postponed = late;
        ComposeTask begun = new ComposeTask(plan, wire, settings, state, new TaskOut(processing, letters));
        begun.begin(processing.currentSystemTimeMs());
        task = begun;
        Sweep deleted = new Sweep(state.rows(), HeldRow::deletedAt, settings.remember());
        Sweep gone = new Sweep(state.composed(), Composed::goneAt, settings.remember());
        processing.schedule(
                BETWEEN_SLICES,
                PunctuationType.WALL_CLOCK_TIME,
                Guarded.guard("compose-slices", now -> goOn(begun, processing, now)));
        processing.schedule(
                Postponed.STEP,
                PunctuationType.WALL_CLOCK_TIME,
                Guarded.guard("compose-postponed", now -> late.step(now, subject -> begun.late(subject, now))));
        processing.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, Guarded.guard("compose-sweep", now -> {
            deleted.step(now);
            gone.step(now);
        }));
    }

    private void goOn(ComposeTask working, ProcessorContext<byte[], Emission> processing, long now) {
        if (working.goOn(now)) {
            String part = Integer.toString(processing.taskId().partition());
            RebuildAck ack = new RebuildAck(
                    ComposeStage.NAME, part, settings.generation().number());
            Emission emission = new Emission(Names.STAGES, RebuildAck.FORMAT.encode(ack));
            processing.forward(
                    new Record<>(ack.key().getBytes(StandardCharsets.UTF_8), emission, now), ComposeTopology.WRITE);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        if (task == null || context == null || postponed == null) {
            throw new IllegalStateException("a record before the task began");
        }
        String topic = context.recordMetadata().orElseThrow().topic();
        SubjectKind apart = apartOf.get(topic);
        if (apart != null) {
            task.apart(apart, input.key(), input.value(), context.currentSystemTimeMs());
        } else if (topic.startsWith(Names.SEEDS)) {
            if (input.value() != null) {
                task.seed(Seed.decode(input.value()));
            }
        } else if (topic.startsWith(Names.PROTECTIONS)) {
            task.protect(input.value(), context.currentSystemTimeMs());
        } else if (!SubjectKey.isMarker(input.key())) {
            var came = new Subjects.Came(topic, input.key(), input.value(), input.headers(), input.timestamp());
            task.take(came, postponed::add, context.currentSystemTimeMs());
        }
    }

    @Override
    public void close() {
        if (postponed != null) {
            postponed.close();
        }
    }
}
