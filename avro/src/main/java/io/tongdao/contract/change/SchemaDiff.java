package io.tongdao.contract.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

/**
 * Whether records of an older schema can be read by a newer one: Avro's own rules (BACKWARD), and beside them that a value keeps its
 * meaning. Avro reads an epoch day as any other number.
 */
public final class SchemaDiff {
    private SchemaDiff() {}

    /** Why not, one line for each field; empty if they can. */
    public static List<String> problems(Schema old, Schema next) {
        List<String> problems = new ArrayList<>();
        var checked = SchemaCompatibility.checkReaderWriterCompatibility(next, old);
        if (checked.getType() != SchemaCompatibilityType.COMPATIBLE) {
            checked.getResult()
                    .getIncompatibilities()
                    .forEach(each -> problems.add(field(each.getLocation(), next)
                            + each.getType()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' ') + " ("
                            + each.getMessage() + ")"));
        }
        for (Schema.Field field : next.getFields()) {
            Schema.Field before = old.getField(field.name());
            if (before != null) {
                meaning(field.name(), logical(before.schema()), logical(field.schema()), problems);
            }
        }
        return problems;
    }

    /** Avro's location is a path by positions: {@code /fields/3/type/1}. */
    private static String field(String location, Schema schema) {
        String[] steps = location.split("/");
        if (steps.length > 2 && steps[1].equals("fields")) {
            int position = Integer.parseInt(steps[2]);
            if (position < schema.getFields().size()) {
                return "item " + schema.getFields().get(position).name() + ": ";
            }
        }
        return "";
    }

    private static void meaning(
            String item, @Nullable LogicalType from, @Nullable LogicalType to, List<String> problems) {
        if (from instanceof LogicalTypes.Decimal was && to instanceof LogicalTypes.Decimal is) {
            if (was.getScale() != is.getScale() || was.getPrecision() > is.getPrecision()) {
                problems.add("item %s: decimal(%d,%d) can't become decimal(%d,%d): keep the scale and don't narrow"
                        .formatted(item, was.getPrecision(), was.getScale(), is.getPrecision(), is.getScale()));
            }
        } else if (!Objects.equals(name(from), name(to))) {
            problems.add("item %s: %s can't become %s: the stored numbers would mean something else"
                    .formatted(item, said(from), said(to)));
        }
    }

    private static @Nullable LogicalType logical(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema.getLogicalType();
        }
        List<Schema> types = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .collect(Collectors.toList());
        return types.size() == 1 ? types.getFirst().getLogicalType() : null;
    }

    private static @Nullable String name(@Nullable LogicalType type) {
        return type == null ? null : type.getName();
    }

    private static String said(@Nullable LogicalType type) {
        return type == null ? "a plain value" : type.getName();
    }
}
