package io.tongdao.collect;

import java.io.IOException;
import java.math.BigDecimal;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/** Writes one item of a row into Avro's binary form: what {@link ItemReader} gives for the type, or null. Compiled once per field. */
@FunctionalInterface
interface FieldWriter {
    void write(@Nullable Object value, BinaryEncoder out) throws IOException;

    /** @param union null and one type, as all items of src records are */
    static FieldWriter of(Schema union) {
        if (!union.isUnion() || !union.isNullable() || union.getTypes().size() != 2) {
            throw new CollectException("an item of a src record must be of one type or null");
        }
        int absent = union.getIndexNamed("null");
        int present = 1 - absent;
        Typed typed = typed(union.getTypes().get(present));
        return (value, out) -> {
            out.writeIndex(value == null ? absent : present);
            if (value != null) {
                typed.write(value, out);
            }
        };
    }

    private static Typed typed(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> (value, out) -> out.writeString((String) value);
            case INT -> (value, out) -> out.writeInt((Integer) value);
            case LONG -> (value, out) -> out.writeLong((Long) value);
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case BYTES ->
                (value, out) ->
                        out.writeBytes(((BigDecimal) value).unscaledValue().toByteArray());
            case DOUBLE, FLOAT, FIXED, ENUM, ARRAY, MAP, RECORD, UNION, NULL ->
                throw new CollectException("an item can't have the Avro type " + schema.getType());
        };
    }

    /** Writes a value that is there. */
    @FunctionalInterface
    interface Typed {
        void write(Object value, BinaryEncoder out) throws IOException;
    }
}
