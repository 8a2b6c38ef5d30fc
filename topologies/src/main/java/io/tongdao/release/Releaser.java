package io.tongdao.release;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.grant.GrantTables;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Shields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One release task: keeps the current row of every key of its kind, and offers each change to all grants of the table. Orders about
 * grants come in by {@code ctl.release.<kind>} and are acknowledged in the same transaction as the data.
 */
final class Releaser implements Processor<byte[], byte[], Outgoing, byte[]> {
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(20);
    private final Plan plan;
    private final SubjectKind kind;
    private final WireFormat format;
    private final ReleaseKeys keys;
    private final Map<String, ReleaseSource> sources = new HashMap<>();
    private Task task = Task.NONE;

    /** What a task has once it is initialised. */
    private record Task(ProcessorContext<Outgoing, byte[]> context, Runs runs, ReleaseRows rows, Ledger ledger) {
        @SuppressWarnings("NullAway") // replaced by init before anything is processed
        static final Task NONE = new Task(null, null, null, null);
    }

    Releaser(Plan plan, SubjectKind kind, WireFormat format, ReleaseKeys keys) {
        this.plan = plan;
        this.kind = kind;
        this.format = format;
        this.keys = keys;
        GrantTables.tables(plan, kind).forEach((topic, table) -> {
            ReleaseSource source = new ReleaseSource(plan, table, format);
            sources.put(topic, source);
        });
    }

    @Override
    public void init(ProcessorContext<Outgoing, byte[]> context) {
        KeyValueStore<Bytes, byte[]> rows = context.getStateStore(ReleaseTopology.rowsStore(kind));
        KeyValueStore<Bytes, byte[]> grants = context.getStateStore(ReleaseTopology.grantsStore(kind));
        Runs runs = new Runs(plan, format, keys, grants);
        Shields shields = new Shields(context.getStateStore(ReleaseTopology.protectionsStore(kind)));
        ShieldWalk walk = new ShieldWalk(rows, grants);
        ReleaseRows held = new ReleaseRows(sources.values(), rows, runs, shields, walk, this::emit);
        Leftovers leftovers = new Leftovers(rows, held.tables());
        Backfill backfill = new Backfill(rows, runs, held::seen, this::emit, this::complete);
        task = new Task(context, runs, held, ledger(context));
        context.schedule(
                BETWEEN_PIECES, PunctuationType.WALL_CLOCK_TIME, Guarded.guard("backfill-" + kind.word(), now -> {
                    backfill.serve();
                    walk.step(held::look);
                    leftovers.step();
                    task.ledger().tick(now);
                    task.ledger().keep();
                }));
    }

    private Ledger ledger(ProcessorContext<Outgoing, byte[]> context) {
        return new Ledger(
                context.getStateStore(ReleaseTopology.ledgerStore(kind)),
                LedgerKey.tokens(keys.tokens()),
                format,
                context.taskId().partition(),
                (to, value) -> forward(to, value, new RecordHeaders()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        String topic = task.context().recordMetadata().orElseThrow().topic();
        ReleaseSource source = sources.get(topic);
        if (topic.equals(Names.protections(kind))) {
            task.rows().protect(record.value());
            task.context().commit();
        } else if (source == null) {
            obey(record.value());
        } else if (!SubjectKey.isMarker(record.key())) {
            task.rows().change(source, record);
        }
        task.ledger().keep();
    }

    private void obey(byte @Nullable [] order) {
        if (order != null) {
            task.runs().obey(GrantCodec.COMMAND.decode(order)).forEach(this::acknowledge);
            task.context().commit();
        }
    }

    private void emit(ReleaseRun run, byte[] key, byte @Nullable [] value, byte @Nullable [] at, Lineage.Op op) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Lineage.OP, op.bytes()).add(Lineage.DATASET, run.lineage());
        if (at != null) {
            headers.add(Lineage.AT, at);
        }
        byte[] released = run.key(key);
        forward(Outgoing.to(run.plan().topic().name(), released), run.sealed(released, value), headers);
        task.ledger().note(run, key, value == null, task.context().currentSystemTimeMs());
    }

    /** The end of a backfill: a marker in each partition of the grant's topic, if it has one, and the acknowledgement. */
    private void complete(Runs.Run run) {
        byte[] marker = ("!complete:" + kind.word() + ':'
                        + task.context().taskId().partition())
                .getBytes(StandardCharsets.UTF_8);
        var topic = run.release().plan().topic();
        int partitions = run.release().grant().verifies() ? 0 : topic.partitions();
        for (int partition = 0; partition < partitions; partition++) {
            RecordHeaders headers = new RecordHeaders();
            headers.add(Lineage.OP, Lineage.Op.MARK.bytes())
                    .add(Lineage.DATASET, run.release().lineage());
            forward(new Outgoing(topic.name(), marker, partition), null, headers);
        }
        acknowledge(run.state());
    }

    private void acknowledge(RunState state) {
        Instant now = Instant.ofEpochMilli(task.context().currentSystemTimeMs());
        Ack ack = state.ack(kind.word(), task.context().taskId().partition(), now);
        forward(Outgoing.to(Names.ACKS, ack.key()), GrantCodec.ACK.encode(ack), new RecordHeaders());
    }

    private void forward(Outgoing to, byte @Nullable [] value, RecordHeaders headers) {
        task.context().forward(new Record<>(to, value, task.context().currentSystemTimeMs(), headers));
    }
}
