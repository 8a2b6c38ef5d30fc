package io.tongdao.collect;

import io.tongdao.collect.files.Holdings.Stamp;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The records of one file on their way into its transaction, numbered in their order; {@code at} is null for an epoch's first file. */
final class FileRecords {
    private final DatasetPlan dataset;
    private final Stamp stamp;
    private final @Nullable Instant at;
    private final FileOutbox outbox;
    private final int partitions;
    private final int rejectPartitions;
    private long row;
    private int ordinal;
    private long sent;

    FileRecords(DatasetPlan dataset, Stamp stamp, @Nullable Instant at, FileOutbox outbox) {
        this.dataset = dataset;
        this.stamp = stamp;
        this.at = at;
        this.outbox = outbox;
        this.partitions = dataset.topic().partitions();
        this.rejectPartitions = outbox.partitions(Names.REJECTS);
    }

    /** The file's next row begins; after the last one so does each key that the file ends. */
    void next() {
        row++;
        ordinal = 0;
    }

    Pos pos() {
        return new Pos(stamp.epoch(), stamp.load(), row, ordinal);
    }

    /** Stands for a row that lacks what tells it apart: its place in this file does. */
    SourcePosition place() {
        return new SourcePosition(stamp.load(), row, 0, null);
    }

    @Nullable
    Instant at() {
        return at;
    }

    /** How many records have gone to the src topic. */
    long sent() {
        return sent;
    }

    void send(byte[] key, byte @Nullable [] value, Op op, byte[] row) {
        sent++;
        send(dataset.topic().name(), SubjectKey.partition(key, partitions), key, value, at, op, row);
    }

    void reject(byte[] row, byte @Nullable [] reject, Op op) {
        byte[] key = Reject.key(dataset.id(), row);
        send(Names.REJECTS, SubjectKey.partition(key, rejectPartitions), key, reject, at, op, row);
    }

    /** The end marker of each partition: the dataset is held whole. */
    void mark() {
        for (int partition = 0; partition < partitions; partition++) {
            send(dataset.topic().name(), partition, Sweep.endMarker(), null, null, Op.MARK, new byte[RowDigest.WIDTH]);
        }
    }

    private void send(
            String topic,
            int partition,
            byte[] key,
            byte @Nullable [] value,
            @Nullable Instant time,
            Op op,
            byte[] row) {
        outbox.send(topic, partition, key, value, FileOutbox.headers(dataset.id(), pos(), time, op, row));
        ordinal++;
    }
}
