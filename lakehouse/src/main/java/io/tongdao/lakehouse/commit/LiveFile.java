package io.tongdao.lakehouse.commit;

import io.tongdao.lakehouse.commit.TableStopped.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A data file of the table's present state.
 *
 * @param vector the deletion vector that marks its dead rows, or null if all of them live
 */
public record LiveFile(DataFile file, @Nullable DeleteFile vector) {
    public String path() {
        return file.location();
    }

    public long liveRows() {
        return file.recordCount() - (vector == null ? 0 : vector.recordCount());
    }

    /** The files of each Kafka partition at a head, by path. */
    public static Map<Integer, Map<String, LiveFile>> of(Table table, Committer.Head head) {
        Map<Integer, Map<String, LiveFile>> live = new HashMap<>();
        if (head.snapshot() == null) {
            return live;
        }
        int column = table.schema().findField("_kpart").fieldId();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useRef(head.ref()).includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                DataFile file = task.file().copy();
                DeleteFile vector =
                        task.deletes().isEmpty() ? null : task.deletes().get(0).copy();
                live.computeIfAbsent(partition(table, file, column), p -> new LinkedHashMap<>())
                        .put(file.location(), new LiveFile(file, vector));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't plan " + table.name(), e);
        }
        return live;
    }

    private static int partition(Table table, DataFile file, int column) {
        Integer lower = bound(file.lowerBounds(), column);
        Integer upper = bound(file.upperBounds(), column);
        if (lower == null || !lower.equals(upper)) {
            throw new TableStopped(
                    Reason.MIXED_FILE,
                    "a file of " + table.name() + " is not of one Kafka partition: " + file.location());
        }
        return lower;
    }

    private static @Nullable Integer bound(@Nullable Map<Integer, ByteBuffer> bounds, int column) {
        ByteBuffer bound = bounds == null ? null : bounds.get(column);
        return bound == null ? null : Conversions.fromByteBuffer(Types.IntegerType.get(), bound);
    }
}
