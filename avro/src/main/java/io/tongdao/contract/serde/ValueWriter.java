package io.tongdao.contract.serde;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of one schema in Avro's binary form, as {@link WireFormat#model} has them in memory. Compiled once, so that a record costs
 * one pass without a look-up by name or type. A value of another type fails by its class alone: nothing of it is told. Thread-safe.
 */
@FunctionalInterface
public interface ValueWriter {
    void write(@Nullable Object value, BinaryEncoder out) throws IOException;

    /** @throws IllegalArgumentException if the schema has a type that records of Tongdao have not */
    static ValueWriter of(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> ValueWriter::text;
            case INT -> (value, out) -> out.writeInt((Integer) there(value));
            case LONG -> (value, out) -> out.writeLong((Long) there(value));
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) there(value));
            case BYTES ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? decimal(decimal)
                        : (value, out) -> out.writeBytes((ByteBuffer) there(value));
            case UNION -> nullable(schema);
            case ARRAY -> array(of(schema.getElementType()));
            case MAP -> map(of(schema.getValueType()));
            case RECORD -> record(schema);
            case DOUBLE, FLOAT, FIXED, ENUM, NULL ->
                throw new IllegalArgumentException("a value can't have the Avro type " + schema.getType());
        };
    }

    private static Object there(@Nullable Object value) {
        return Objects.requireNonNull(value, "a value that can't be null");
    }

    private static void text(@Nullable Object value, BinaryEncoder out) throws IOException {
        if (value instanceof Utf8 bytes) {
            out.writeString(bytes);
        } else {
            out.writeString(((CharSequence) there(value)).toString());
        }
    }

    private static ValueWriter decimal(LogicalTypes.Decimal type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return (value, out) -> {
            BigDecimal number = (BigDecimal) there(value);
            BigDecimal scaled = number.scale() == scale ? number : number.setScale(scale);
            if (scaled.precision() > precision) {
                throw new ArithmeticException("a decimal of more than " + precision + " digits");
            }
            out.writeBytes(scaled.unscaledValue().toByteArray());
        };
    }

    /** Null and one type, as all optional fields are. */
    private static ValueWriter nullable(Schema union) {
        if (!union.isNullable() || union.getTypes().size() != 2) {
            throw new IllegalArgumentException("a value must be of one type, or of one type or null");
        }
        int absent = union.getIndexNamed("null");
        int present = 1 - absent;
        ValueWriter typed = of(union.getTypes().get(present));
        return (value, out) -> {
            if (value == null) {
                out.writeIndex(absent);
            } else {
                out.writeIndex(present);
                typed.write(value, out);
            }
        };
    }

    private static ValueWriter array(ValueWriter element) {
        return (value, out) -> {
            Collection<?> elements = (Collection<?>) there(value);
            out.writeArrayStart();
            out.setItemCount(elements.size());
            for (Object one : elements) {
                out.startItem();
                element.write(one, out);
            }
            out.writeArrayEnd();
        };
    }

    private static ValueWriter map(ValueWriter entry) {
        return (value, out) -> {
            Map<?, ?> entries = (Map<?, ?>) there(value);
            out.writeMapStart();
            out.setItemCount(entries.size());
            for (Map.Entry<?, ?> one : entries.entrySet()) {
                out.startItem();
                text(one.getKey(), out);
                entry.write(one.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    private static ValueWriter record(Schema schema) {
        List<ValueWriter> compiled = new ArrayList<>();
        schema.getFields().forEach(field -> compiled.add(of(field.schema())));
        ValueWriter[] fields = compiled.toArray(ValueWriter[]::new);
        return (value, out) -> {
            IndexedRecord record = (IndexedRecord) there(value);
            for (int i = 0; i < fields.length; i++) {
                fields[i].write(record.get(i), out);
            }
        };
    }
}
