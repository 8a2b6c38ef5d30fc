package io.tongdao.quality;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.quality.rule.Verdict;
import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Sweep;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Judges each version of a row once, and remembers what it breaks: a record that is not newer than what is held changes nothing, unless
 * the rules have changed since. Markers pass by.
 */
final class JudgeRow implements Processor<byte[], byte[], byte[], Outgoing> {
    /** From this ordinal on a record is the second half of a changed primary key: no new row. */
    private static final int MOVED = 1 << 16;

    private final Supplier<Map<String, JudgedDataset>> making;
    private final QualitySettings settings;
    private @Nullable Task task;

    private record Task(
            ProcessorContext<byte[], Outgoing> context,
            KeyValueStore<Bytes, byte[]> store,
            Map<String, JudgedDataset> datasets,
            Findings findings,
            Clocks clocks) {}

    /** @param datasets makes a task's own readers: source topic → dataset */
    JudgeRow(Supplier<Map<String, JudgedDataset>> datasets, QualitySettings settings) {
        this.making = datasets;
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore("verdicts-by-row");
        Tallies tallies = new Tallies(context.getStateStore("counts-by-row-window"), settings.history());
        Map<String, JudgedDataset> datasets = making.get();
        String part = "r" + context.taskId().partition();
        Clocks clocks = new Clocks(context.getStateStore("counts-by-row-window"), part);
        task = new Task(context, store, datasets, new Findings(context, tallies, part), clocks);
        Sweep gone = new Sweep(store, RowState::goneAt, settings.remember());
        context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, Guarded.guard("judge-row", gone::step));
        context.schedule(Tallies.TELL, PunctuationType.WALL_CLOCK_TIME, Guarded.guard("judge-row", now -> {
            Findings.tell(context, tallies, now);
            clocks.tell(Findings.telling(context, now));
        }));
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        if (task == null) {
            throw new IllegalStateException("a record before the task began");
        }
        RecordMetadata where = task.context.recordMetadata().orElseThrow();
        JudgedDataset dataset = task.datasets.get(where.topic());
        if (dataset != null && !SubjectKey.isMarker(input.key())) {
            judge(task, dataset, input, where);
        }
    }

    private static void judge(Task task, JudgedDataset dataset, Record<byte[], byte[]> input, RecordMetadata where) {
        task.findings.know(dataset);
        Pos pos = pos(input.headers());
        byte[] row = row(input.headers());
        String role = dataset.role(input.key());
        Bytes key = dataset.stateKey(role, row);
        byte[] bytes = task.store.get(key);
        RowState held = bytes == null ? null : RowState.decode(bytes);
        if (held != null && !newer(held, pos, input.value(), dataset)) {
            return;
        }
        task.clocks.see(dataset.id(), Lineage.at(input.headers()), input.timestamp());
        GenericRecord read = input.value() == null ? null : dataset.read(input.value());
        boolean speaks = read != null && dataset.speaks(role, read);
        if (read != null && !speaks && held == null) {
            return;
        }
        var version = new Findings.Version(dataset, row, pos, Lineage.at(input.headers()), where, input.timestamp());
        long now = task.context.currentSystemTimeMs();
        RowState next = RowState.gone(pos, now);
        Verdict judged = null;
        if (read != null && speaks) {
            judged = dataset.rules().judge(read, fresh(input.headers(), pos));
            Verdict verdict = task.findings.carried(version, held, judged);
            next = new RowState(pos, dataset.rules().version(), verdict, dataset.values(read), now);
        }
        task.store.put(key, next.encode());
        task.findings.settle(version, held, next, judged);
    }

    private static boolean newer(RowState held, Pos pos, byte @Nullable [] value, JudgedDataset dataset) {
        int order = pos.compareTo(held.pos());
        boolean otherRules = value != null
                && held.verdict() != null
                && held.version() != dataset.rules().version();
        return order > 0 || (order == 0 && otherRules);
    }

    private static @Nullable Instant fresh(Headers headers, Pos pos) {
        boolean created = Lineage.op(headers) == Lineage.Op.CREATE && pos.ordinal() < MOVED;
        return created ? Lineage.at(headers) : null;
    }

    private static Pos pos(Headers headers) {
        Pos pos = Lineage.pos(headers);
        if (pos == null) {
            throw new IllegalStateException("a source record without the header " + Lineage.POS);
        }
        return pos;
    }

    private static byte[] row(Headers headers) {
        byte[] row = Lineage.row(headers);
        if (row == null || row.length != ValueDigest.WIDTH) {
            throw new IllegalStateException("a source record without the header " + Lineage.ROW);
        }
        return row;
    }
}
