package io.tongdao.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.time.Year;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** What a Debezium row says of its columns. */
final class Columns {
    /** Set on every column by {@code column.propagate.source.type}. */
    private static final String SOURCE_TYPE = "__debezium.source.column.type";

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** Whether the column's values are counts since some beginning: dates and times, as Debezium has them. A year is a number like others. */
    static boolean counted(Schema column) {
        if (column.type() == Schema.Type.ARRAY) {
            return counted(column.valueSchema());
        }
        String name = column.name();
        boolean time = name != null
                && (name.startsWith("io.debezium.time.")
                        || name.equals(Date.LOGICAL_NAME)
                        || name.equals(Time.LOGICAL_NAME)
                        || name.equals(Timestamp.LOGICAL_NAME));
        return time && column.type() != Schema.Type.STRING && !name.equals(Year.SCHEMA_NAME);
    }

    /** Whether the column is an array of what is text, number or truth value. */
    static boolean listed(Schema column) {
        return column.type() == Schema.Type.ARRAY && column.valueSchema().type().isPrimitive();
    }

    /** An array as JSON text, {@code ["a",null,"b"]}; as it is where that can't be said. */
    static Object json(Object array) {
        try {
            return array instanceof List<?> ? JSON.writeValueAsString(array) : array;
        } catch (JsonProcessingException e) {
            return array;
        }
    }

    static @Nullable BigDecimal variableScale(Struct struct) {
        return VariableScaleDecimal.LOGICAL_NAME.equals(struct.schema().name())
                ? new BigDecimal(new BigInteger(struct.getBytes("value")), struct.getInt32("scale"))
                : null;
    }
}
