package io.tongdao.ops.demo;

import java.time.LocalDate;
import java.util.Collection;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Avro's values as SQL would give them. */
final class AvroValues {
    private AvroValues() {}

    static @Nullable Object plain(Schema schema, @Nullable Object value) {
        if (value == null || value instanceof Collection<?>) {
            return value;
        }
        boolean date = schema.isUnion()
                ? schema.getTypes().stream().anyMatch(type -> type.getLogicalType() instanceof LogicalTypes.Date)
                : schema.getLogicalType() instanceof LogicalTypes.Date;
        return date ? LocalDate.ofEpochDay((Integer) value) : value;
    }
}
