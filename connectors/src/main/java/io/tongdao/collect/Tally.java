package io.tongdao.collect;

import io.tongdao.contract.topic.Pos;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts one dataset's records; written by the engine's thread, read by any. */
final class Tally {
    private static final int ORDINAL = Pos.WIDTH - Integer.BYTES;
    private final AtomicLong snapshotRows = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong rejects = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private volatile long estimated = -1;
    private volatile @Nullable Instant lastCommit;
    private volatile @Nullable String problem;

    void count(SentHeaders record, boolean reject) {
        (reject ? rejects : records).incrementAndGet();
        byte[] at = record.at();
        if (at == null) {
            snapshotRows.incrementAndGet();
            if (first(record.pos())) {
                read.incrementAndGet();
            }
        } else {
            lastCommit = Instant.ofEpochMilli(ByteBuffer.wrap(at).getLong());
        }
    }

    /** A row may give several records: the first stands for it. */
    private static boolean first(byte @Nullable [] pos) {
        return pos != null && ByteBuffer.wrap(pos).getInt(ORDINAL) == 0;
    }

    /** The table is about to be read whole. */
    void reading(long rows) {
        read.set(0);
        estimated = rows;
    }

    /** What people should know of the dataset, null: nothing. */
    void problem(@Nullable String line) {
        problem = line;
    }

    @Nullable
    String problem() {
        return problem;
    }

    /** {@code 120,000 of about 1,000,000 rows}. */
    String progress() {
        return estimated < 0
                ? "%,d rows".formatted(read.get())
                : "%,d of about %,d rows".formatted(read.get(), Math.max(estimated, read.get()));
    }

    CollectStatus.Dataset status(String dataset, SourceState.State state, int epoch, @Nullable String line) {
        return new CollectStatus.Dataset(
                dataset,
                state,
                epoch,
                snapshotRows.get(),
                records.get(),
                rejects.get(),
                lastCommit,
                read.get(),
                estimated,
                line);
    }
}
