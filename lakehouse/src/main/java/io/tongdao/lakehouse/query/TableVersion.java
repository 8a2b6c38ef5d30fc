package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.sink.RowShape;
import java.util.List;
import java.util.OptionalInt;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * A table as of one moment.
 *
 * @param snapshot null while nothing was written
 */
record TableVersion(TableRef ref, Table table, @Nullable Snapshot snapshot) {
    Schema schema() {
        return snapshot == null || ref.moment().isEmpty()
                ? table.schema()
                : SnapshotUtil.schemaFor(table, snapshot.snapshotId());
    }

    /** What a query sees of it: Kafka's partition is the sink's own. */
    List<NestedField> columns() {
        return schema().columns().stream()
                .filter(column -> !column.name().equals(RowShape.PARTITION))
                .toList();
    }

    /** Files may lack columns that came later, or hold narrower ones. */
    boolean widened() {
        return table.schemas().size() > 1;
    }

    /** Of the topic, if its keys say by it in which files they are. */
    OptionalInt partitions() {
        String told = table.properties().get(RowShape.PARTITIONS);
        return told == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(told));
    }

    long total(String figure) {
        return snapshot == null ? 0 : Long.parseLong(snapshot.summary().getOrDefault(figure, "0"));
    }
}
