package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.commit.Committer;
import io.tongdao.lakehouse.commit.LiveFile;
import io.tongdao.lakehouse.commit.Progress.Share;
import io.tongdao.lakehouse.commit.RollingRows;
import io.tongdao.lakehouse.commit.RowFiles;
import io.tongdao.lakehouse.index.KeyIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.io.DeleteWriteResult;
import org.jspecify.annotations.Nullable;

/** A batch on its way into the table. Files of one that never gets there are deleted, if that can be known. */
final class StagedBatch implements AutoCloseable {
    private final Table table;
    private final Map<PartitionWriter, RollingRows> rows = new HashMap<>();
    private final Map<PartitionWriter, KeyIndex.Changes> changes = new HashMap<>();
    private final DVFileWriter vectors;
    private boolean attempted;
    private boolean done;

    /** @param id names the commit and its files */
    StagedBatch(String id, List<PartitionWriter> moved, Table table, RowFiles files, long targetFileBytes) {
        this.table = table;
        for (PartitionWriter each : moved) {
            var names = files.data(each.partition, each.generation(), id);
            rows.put(each, new RollingRows(files, names, targetFileBytes));
            changes.put(each, each.index.change());
        }
        vectors = files.vectors(moved.get(0).generation(), id, this::live);
    }

    private @Nullable LiveFile live(String path) {
        for (PartitionWriter each : rows.keySet()) {
            LiveFile live = each.files.get(path);
            if (live != null) {
                return live;
            }
        }
        return null;
    }

    void writeRows(RowShape.Row row, Function<byte[], GenericRecord> decoder) {
        rows.forEach((owner, written) -> {
            owner.stage(new PartitionWriter.Target(written, vectors, changes(owner), row, decoder));
            written.finish();
        });
    }

    private KeyIndex.Changes changes(PartitionWriter owner) {
        return Objects.requireNonNull(changes.get(owner));
    }

    DeleteWriteResult writeVectors() {
        try {
            vectors.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't write deletion vectors of " + table.name(), e);
        }
        return vectors.result();
    }

    /** The Iceberg change of the batch; from now on its files may be the table's. */
    SnapshotUpdate<?> delta(Table t, Committer.Head head, DeleteWriteResult written) {
        attempted = true;
        RowDelta delta = t.newRowDelta();
        rows.values().forEach(each -> each.finish().forEach(delta::addRows));
        written.deleteFiles().forEach(delta::addDeletes);
        written.rewrittenDeleteFiles().forEach(delta::removeDeletes);
        if (head.snapshot() != null) {
            delta.validateFromSnapshot(head.snapshot().snapshotId());
        }
        return delta.validateDataFilesExist(written.referencedDataFiles()).validateDeletedFiles();
    }

    void committed() {
        done = true;
    }

    /** Brings the index and the partitions to what the table holds now. */
    void index(Snapshot snapshot, Map<Integer, Share> goals, List<DeleteFile> written) {
        rows.forEach((owner, each) -> {
            changes(owner).write(snapshot.snapshotId());
            List<DataFile> added = each.finish();
            owner.committed(Objects.requireNonNull(goals.get(owner.partition)), added);
            written.forEach(owner::marked);
        });
    }

    @Override
    public void close() {
        changes.values().forEach(KeyIndex.Changes::close);
        if (!done) {
            rows.values().forEach(RollingRows::close);
        }
        if (!done && !attempted) {
            rows.values().stream().flatMap(each -> each.paths().stream()).forEach(table.io()::deleteFile);
        }
    }
}
