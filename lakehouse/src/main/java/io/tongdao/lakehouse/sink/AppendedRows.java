package io.tongdao.lakehouse.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The rows that a record of a topic adds to a table that only grows: itself, or one for each of what it lists. */
final class AppendedRows {
    private final String each;
    private final Schema row;

    /** @param each the field that lists them; empty: the record is the row */
    AppendedRows(Schema value, String each) {
        this.each = each;
        this.row = each.isEmpty() ? value : flat(value, value.getField(each));
    }

    private static Schema flat(Schema value, Schema.Field list) {
        List<Schema.Field> fields = new ArrayList<>();
        value.getFields().stream().filter(field -> !field.equals(list)).forEach(field -> fields.add(copy(field)));
        list.schema().getElementType().getFields().forEach(field -> fields.add(copy(field)));
        return Schema.createRecord(value.getName(), value.getDoc(), value.getNamespace(), false, fields);
    }

    private static Schema.Field copy(Schema.Field field) {
        return new Schema.Field(field, field.schema());
    }

    /** What a row consists of. */
    Schema schema() {
        return row;
    }

    void of(GenericRecord value, Consumer<GenericRecord> rows) {
        if (each.isEmpty()) {
            rows.accept(value);
        } else {
            ((List<?>) value.get(each)).forEach(one -> rows.accept(row(value, (GenericRecord) one)));
        }
    }

    private GenericRecord row(GenericRecord value, GenericRecord one) {
        GenericRecord flat = new GenericData.Record(row);
        for (Schema.Field field : row.getFields()) {
            GenericRecord from = one.getSchema().getField(field.name()) == null ? value : one;
            flat.put(field.pos(), from.get(field.name()));
        }
        return flat;
    }
}
