package io.tongdao.release;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.runtime.Spare;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Serves new grants the rows that stand in the task's state, in the order of keys and in pieces, between live changes. A row is read when it
 * is served, so it is never older than what a live change has released before.
 */
final class Backfill {
    /** Rows read in one go, for all grants together: some 5 ms. */
    static final int PIECE = 500;

    /** Percent of a stream thread: the rest is for live changes. */
    private static final int SHARE = 50;

    private final KeyValueStore<Bytes, byte[]> rows;
    private final Runs runs;
    private final Shown shown;
    private final Emitter emitter;
    private final Consumer<Runs.Run> complete;

    @FunctionalInterface
    interface Emitter {
        void emit(ReleaseRun run, byte[] key, byte @Nullable [] value, byte @Nullable [] at, Lineage.Op op);
    }

    /**
     * A row as a grant may know it.
     *
     * @param key clear, also where the state has a name in its place
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way out, never compared
    record Seen(byte[] key, GenericRecord value) {}

    /** What a grant may know of a row; null: nothing. */
    @FunctionalInterface
    interface Shown {
        @Nullable
        Seen to(ReleaseRun run, byte[] key, StoredRow row);
    }

    Backfill(KeyValueStore<Bytes, byte[]> rows, Runs runs, Shown shown, Emitter emitter, Consumer<Runs.Run> complete) {
        this.rows = rows;
        this.runs = runs;
        this.shown = shown;
        this.emitter = emitter;
        this.complete = complete;
    }

    /** As much as there is time for beside live changes. */
    void serve() {
        Spare.use(SHARE, this::piece);
    }

    private boolean piece() {
        List<Runs.Run> waiting = runs.all().stream()
                .filter(run -> run.state().state() == Ack.State.STARTED)
                .toList();
        for (Runs.Run run : waiting) {
            serve(run, Math.max(1, PIECE / waiting.size()));
        }
        return !waiting.isEmpty();
    }

    private void serve(Runs.Run run, int most) {
        if (run.release().grant().verifies()) {
            runs.save(run, run.state().in(Ack.State.BACKFILLED, ""));
            complete.accept(run);
            return;
        }
        String table = run.release().grant().table();
        byte[] cursor = run.state().cursor();
        Bytes from = cursor.length == 0 ? RowKey.of(table, new byte[0]) : RowKey.after(cursor);
        int read = 0;
        long released = 0;
        try (KeyValueIterator<Bytes, byte[]> range = rows.range(from, RowKey.end(table))) {
            while (read < most && range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                released += serve(run.release(), table, entry) ? 1 : 0;
                cursor = entry.key.get();
                read++;
            }
        }
        RunState served = run.state().served(cursor, released);
        if (read == most) {
            runs.save(run, served);
        } else {
            runs.save(run, served.in(Ack.State.BACKFILLED, ""));
            complete.accept(run);
        }
    }

    private boolean serve(ReleaseRun run, String table, KeyValue<Bytes, byte[]> entry) {
        StoredRow row = StoredRow.parse(entry.value);
        Seen seen = shown.to(run, RowKey.key(table, entry.key), row);
        if (seen == null || !run.matches(seen.value())) {
            return false;
        }
        emitter.emit(run, seen.key(), run.value(seen.value()), row.at(), Lineage.Op.READ);
        return true;
    }
}
