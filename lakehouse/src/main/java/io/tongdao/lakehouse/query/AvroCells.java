package io.tongdao.lakehouse.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Values of released records as the text that their columns are cast from. Compiled once for a schema. */
public final class AvroCells {
    private final List<Function<Object, String>> forms;

    /** @throws IllegalArgumentException if it has a type that released records have not */
    public AvroCells(Schema schema) {
        this.forms =
                schema.getFields().stream().map(field -> form(field.schema())).toList();
    }

    /** The fields in their order. */
    public List<@Nullable String> of(IndexedRecord record) {
        List<@Nullable String> cells = new ArrayList<>(forms.size());
        for (int field = 0; field < forms.size(); field++) {
            Object value = record.get(field);
            cells.add(value == null ? null : forms.get(field).apply(value));
        }
        return cells;
    }

    private static Function<Object, String> form(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case UNION -> form(present(schema));
            case STRING, BOOLEAN -> Object::toString;
            case INT ->
                logical instanceof LogicalTypes.Date
                        ? days -> LocalDate.ofEpochDay((Integer) days).toString()
                        : Object::toString;
            case LONG -> logical instanceof LogicalTypes.LocalTimestampMicros ? AvroCells::local : Object::toString;
            case BYTES -> decimal -> ((BigDecimal) decimal).toPlainString();
            case ARRAY -> AvroCells::names;
            case RECORD, MAP, FIXED, ENUM, FLOAT, DOUBLE, NULL ->
                throw new IllegalArgumentException("no column of a file holds the Avro type " + schema.getType());
        };
    }

    private static String local(Object micros) {
        return Instant.EPOCH
                .plus((Long) micros, ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime()
                .toString();
    }

    /** Names of items: nothing in them has to be escaped. */
    private static String names(Object names) {
        return ((List<?>) names).stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static Schema present(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column of a file is always null"));
    }
}
