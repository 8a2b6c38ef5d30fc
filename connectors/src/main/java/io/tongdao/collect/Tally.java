package io.tongdao.collect;

import io.tongdao.contract.topic.Lineage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Counts one dataset's records; written by the engine's thread, read by any. */
final class Tally {
    private final AtomicLong snapshotRows = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong rejects = new AtomicLong();
    private volatile @Nullable Instant lastCommit;

    void count(SourceRecord record, boolean reject) {
        (reject ? rejects : records).incrementAndGet();
        Header at = record.headers().lastWithName(Lineage.AT);
        if (at == null) {
            snapshotRows.incrementAndGet();
        } else {
            lastCommit =
                    Instant.ofEpochMilli(ByteBuffer.wrap((byte[]) at.value()).getLong());
        }
    }

    CollectStatus.Dataset status(String dataset, SourceState.State state, int epoch) {
        return new CollectStatus.Dataset(
                dataset, state, epoch, snapshotRows.get(), records.get(), rejects.get(), lastCommit);
    }
}
