package io.tongdao.lakehouse.query;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Iceberg's types in DuckDB's words. */
final class ColumnTypes {
    private ColumnTypes() {}

    /** No row of these columns. */
    static String none(List<NestedField> columns) {
        return columns.stream()
                .map(column -> "null::" + of(column.type()) + " as " + Sql.quoted(column.name()))
                .collect(Collectors.joining(", ", "select ", " where false"));
    }

    /** A list of columns, as a table is made of them. */
    static String declared(List<NestedField> columns) {
        return columns.stream()
                .map(column -> Sql.quoted(column.name()) + " " + of(column.type()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static String of(Type type) {
        return switch (type) {
            case Types.DecimalType d -> "decimal(" + d.precision() + "," + d.scale() + ")";
            case Types.TimestampType t -> t.shouldAdjustToUTC() ? "timestamptz" : "timestamp";
            case Types.ListType list -> of(list.elementType()) + "[]";
            case Types.MapType map -> "map(" + of(map.keyType()) + ", " + of(map.valueType()) + ")";
            case Types.StructType struct ->
                struct.fields().stream()
                        .map(field -> Sql.quoted(field.name()) + " " + of(field.type()))
                        .collect(Collectors.joining(", ", "struct(", ")"));
            case Types.StringType s -> "varchar";
            case Types.LongType l -> "bigint";
            case Types.IntegerType i -> "integer";
            case Types.BooleanType b -> "boolean";
            case Types.DateType d -> "date";
            case Types.FloatType f -> "float";
            case Types.DoubleType d -> "double";
            case Types.BinaryType b -> "blob";
            default -> throw new IllegalArgumentException("no column of Tongdao has type " + type);
        };
    }
}
