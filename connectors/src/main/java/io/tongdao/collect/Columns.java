package io.tongdao.collect;

import io.debezium.data.VariableScaleDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What a Debezium row says of its columns. */
final class Columns {
    /** Set on every column by {@code column.propagate.source.type}. */
    private static final String SOURCE_TYPE = "__debezium.source.column.type";

    private Columns() {}

    /** Whether the column is of a type that the database pads with spaces. */
    static boolean padded(Schema column) {
        String type = column.parameters() == null ? null : column.parameters().get(SOURCE_TYPE);
        if (type == null) {
            return false;
        }
        String word = type.toUpperCase(Locale.ROOT);
        return word.equals("BPCHAR") || word.equals("CHAR") || word.equals("NCHAR") || word.startsWith("CHAR(");
    }

    /** The column of that name, exactly or else without regard to case: PostgreSQL folds to lower case, catalogues often don't. */
    static @Nullable Field find(Schema row, String name) {
        Field exact = row.field(name);
        if (exact != null) {
            return exact;
        }
        for (Field field : row.fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                return field;
            }
        }
        return null;
    }

    static @Nullable BigDecimal variableScale(Struct struct) {
        return VariableScaleDecimal.LOGICAL_NAME.equals(struct.schema().name())
                ? new BigDecimal(new BigInteger(struct.getBytes("value")), struct.getInt32("scale"))
                : null;
    }
}
