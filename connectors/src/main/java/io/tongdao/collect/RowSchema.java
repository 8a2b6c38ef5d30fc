package io.tongdao.collect;

import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The Connect form of a src topic's Avro schema, which it carries along, so that a converter in another process needs nothing else.
 * Dates are epoch days, timestamps local microseconds, decimals Connect's.
 */
final class RowSchema {
    /** The schema parameter that holds the Avro schema as JSON. */
    static final String AVRO = "io.tongdao.avro";

    private RowSchema() {}

    static Schema of(org.apache.avro.Schema avro) {
        SchemaBuilder row = SchemaBuilder.struct().name(avro.getFullName()).parameter(AVRO, avro.toString());
        avro.getFields().forEach(field -> row.field(field.name(), item(field.schema())));
        return row.build();
    }

    static List<String> names(Schema row) {
        return row.fields().stream().map(Field::name).toList();
    }

    private static Schema item(org.apache.avro.Schema union) {
        org.apache.avro.Schema avro = union.isUnion()
                ? union.getTypes().stream()
                        .filter(t -> t.getType() != org.apache.avro.Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : union;
        LogicalType logical = avro.getLogicalType();
        return switch (avro.getType()) {
            case STRING -> Schema.OPTIONAL_STRING_SCHEMA;
            case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
            case INT -> Schema.OPTIONAL_INT32_SCHEMA;
            case LONG -> Schema.OPTIONAL_INT64_SCHEMA;
            case BYTES ->
                Decimal.builder(((LogicalTypes.Decimal) logical).getScale())
                        .optional()
                        .build();
            case DOUBLE, FLOAT, FIXED, ENUM, ARRAY, MAP, RECORD, UNION, NULL ->
                throw new CollectException("an item can't have the Avro type " + avro.getType());
        };
    }
}
