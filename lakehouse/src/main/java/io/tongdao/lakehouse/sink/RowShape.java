package io.tongdao.lakehouse.sink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * A table's columns, compiled from the Avro schema of its topic: {@code _key} (the identifier field), the value's fields,
 * {@code _at} (source commit time, absent where the source gave none) and {@code _kpart} (the Kafka partition).
 */
public final class RowShape {
    public static final String KEY = "_key";
    public static final String AT = "_at";
    public static final String PARTITION = "_kpart";
    /** Of a row that was appended: with the partition it names the record that it came by. */
    public static final String OFFSET = "_offset";

    /** A table's property: the partitions of its topic, where a key says by the one partitioner in which of them it is. */
    public static final String PARTITIONS = "tongdao.partitions";

    private static final String LABEL = "tongdao.";

    private RowShape() {}

    /** The Iceberg schema of a new table; every field of the value is optional, so that any of them may be dropped later. */
    public static org.apache.iceberg.Schema schema(Schema value) {
        AtomicInteger ids = new AtomicInteger(1);
        List<NestedField> columns = new ArrayList<>();
        columns.add(NestedField.required(1, KEY, Types.StringType.get()));
        for (Schema.Field field : value.getFields()) {
            columns.add(NestedField.optional(ids.incrementAndGet(), field.name(), type(field.schema(), ids)));
        }
        columns.add(NestedField.optional(ids.incrementAndGet(), AT, Types.TimestampType.withZone()));
        columns.add(NestedField.required(ids.incrementAndGet(), PARTITION, Types.IntegerType.get()));
        return new org.apache.iceberg.Schema(columns, Set.of(1));
    }

    /** The schema of a table that only grows: no key, but where in its topic each row came from. */
    static org.apache.iceberg.Schema appended(Schema value) {
        AtomicInteger ids = new AtomicInteger(0);
        List<NestedField> columns = new ArrayList<>();
        for (Schema.Field field : value.getFields()) {
            columns.add(NestedField.optional(ids.incrementAndGet(), field.name(), type(field.schema(), ids)));
        }
        columns.add(NestedField.required(ids.incrementAndGet(), PARTITION, Types.IntegerType.get()));
        columns.add(NestedField.required(ids.incrementAndGet(), OFFSET, Types.LongType.get()));
        return new org.apache.iceberg.Schema(columns);
    }

    /** What the topic's schema says of the table as a whole: its own properties, such as {@code tongdao.level}, as text. */
    public static Map<String, String> labels(Schema value) {
        Map<String, String> labels = new TreeMap<>();
        value.getObjectProps().forEach((name, label) -> {
            if (name.startsWith(LABEL)) {
                labels.put(name, text(label));
            }
        });
        return labels;
    }

    private static String text(Object label) {
        return label instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(","))
                : label.toString();
    }

    /** The table's row, to be filled with one record after another. Columns that the value lacks stay null. */
    public static Row row(org.apache.iceberg.Schema table, Schema value) {
        return new Row(table.columns().stream()
                .map(column -> cell(column.name(), value))
                .toArray(Cell[]::new));
    }

    private static Cell cell(String column, Schema value) {
        return switch (column) {
            case KEY -> row -> row.key;
            case AT -> row -> row.at;
            case PARTITION -> row -> row.partition;
            case OFFSET -> row -> row.offset;
            default -> {
                Schema.Field field = value.getField(column);
                if (field == null) {
                    yield row -> null;
                }
                int position = field.pos();
                UnaryOperator<Object> form = form(field.schema());
                yield row -> formed(form, row.value().get(position));
            }
        };
    }

    private static Type type(Schema avro, AtomicInteger ids) {
        LogicalType logical = avro.getLogicalType();
        return switch (avro.getType()) {
            case STRING, ENUM -> Types.StringType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case INT -> logical instanceof LogicalTypes.Date ? Types.DateType.get() : Types.IntegerType.get();
            case LONG -> longType(logical);
            case BYTES, FIXED ->
                logical instanceof LogicalTypes.Decimal d
                        ? Types.DecimalType.of(d.getPrecision(), d.getScale())
                        : Types.BinaryType.get();
            case ARRAY -> Types.ListType.ofOptional(ids.incrementAndGet(), type(avro.getElementType(), ids));
            case MAP ->
                Types.MapType.ofOptional(
                        ids.incrementAndGet(),
                        ids.incrementAndGet(),
                        Types.StringType.get(),
                        type(avro.getValueType(), ids));
            case RECORD ->
                Types.StructType.of(avro.getFields().stream()
                        .map(f -> NestedField.optional(ids.incrementAndGet(), f.name(), type(f.schema(), ids)))
                        .toList());
            case UNION -> type(nonNull(avro), ids);
            case NULL -> throw new IllegalArgumentException("no column can hold Avro type " + avro);
        };
    }

    private static Type longType(@Nullable LogicalType logical) {
        if (logical instanceof LogicalTypes.TimestampMillis || logical instanceof LogicalTypes.TimestampMicros) {
            return Types.TimestampType.withZone();
        }
        boolean local = logical instanceof LogicalTypes.LocalTimestampMillis
                || logical instanceof LogicalTypes.LocalTimestampMicros;
        return local ? Types.TimestampType.withoutZone() : Types.LongType.get();
    }

    /** From Avro's form in memory to Iceberg's internal one. */
    private static UnaryOperator<Object> form(Schema avro) {
        LogicalType logical = avro.getLogicalType();
        return switch (avro.getType()) {
            case BOOLEAN, INT, FLOAT, DOUBLE -> UnaryOperator.identity();
            case STRING, ENUM -> Object::toString;
            case LONG ->
                logical instanceof LogicalTypes.TimestampMillis || logical instanceof LogicalTypes.LocalTimestampMillis
                        ? millis -> Math.multiplyExact((Long) millis, 1000L)
                        : UnaryOperator.identity();
            case BYTES -> UnaryOperator.identity();
            case FIXED ->
                logical == null
                        ? fixed -> ByteBuffer.wrap(((org.apache.avro.generic.GenericFixed) fixed).bytes())
                        : UnaryOperator.identity();
            case ARRAY -> list(form(avro.getElementType()));
            case MAP -> map(form(avro.getValueType()));
            case RECORD -> struct(avro);
            case UNION -> form(nonNull(avro));
            case NULL -> throw new IllegalArgumentException("no column can hold Avro type " + avro);
        };
    }

    private static UnaryOperator<Object> list(UnaryOperator<Object> element) {
        return value -> {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object each : (Iterable<?>) value) {
                list.add(formed(element, each));
            }
            return list;
        };
    }

    private static UnaryOperator<Object> map(UnaryOperator<Object> form) {
        return value -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, each) -> map.put(key.toString(), formed(form, each)));
            return map;
        };
    }

    private static UnaryOperator<Object> struct(Schema avro) {
        List<UnaryOperator<Object>> forms =
                avro.getFields().stream().map(field -> form(field.schema())).toList();
        return value -> {
            @Nullable Object[] values = new Object[forms.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = formed(forms.get(i), ((IndexedRecord) value).get(i));
            }
            return new Struct(values);
        };
    }

    private static @Nullable Object formed(UnaryOperator<Object> form, @Nullable Object value) {
        return value == null ? null : form.apply(value);
    }

    private static Schema nonNull(Schema union) {
        List<Schema> types = union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (types.size() != 1) {
            throw new IllegalArgumentException("no column can hold the Avro union " + union);
        }
        return types.get(0);
    }

    private interface Cell {
        @Nullable
        Object of(Row row);
    }

    /** One row of the table over an Avro record; reused for every record. */
    public static final class Row implements StructLike {
        private final Cell[] cells;
        private String key = "";
        private int partition;
        private long offset;
        private @Nullable Long at;
        private @Nullable GenericRecord value;

        private Row(Cell[] cells) {
            this.cells = cells;
        }

        /** @param newAt microseconds since the epoch, or null */
        Row fill(String newKey, int newPartition, @Nullable Long newAt, GenericRecord newValue) {
            key = newKey;
            partition = newPartition;
            at = newAt;
            value = newValue;
            return this;
        }

        /** A row that is appended, from a place in its topic. */
        Row fill(int newPartition, long newOffset, GenericRecord newValue) {
            offset = newOffset;
            return fill("", newPartition, null, newValue);
        }

        private GenericRecord value() {
            if (value == null) {
                throw new IllegalStateException("a row that was not filled");
            }
            return value;
        }

        @Override
        public int size() {
            return cells.length;
        }

        @Override
        public <T> @Nullable T get(int position, Class<T> type) {
            return type.cast(cells[position].of(this));
        }

        @Override
        public <T> void set(int position, T newValue) {
            throw new UnsupportedOperationException("rows are written, never changed");
        }
    }

    private record Struct(@Nullable Object[] values) implements StructLike {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public <T> @Nullable T get(int position, Class<T> type) {
            return type.cast(values[position]);
        }

        @Override
        public <T> void set(int position, T newValue) {
            throw new UnsupportedOperationException("rows are written, never changed");
        }
    }
}
