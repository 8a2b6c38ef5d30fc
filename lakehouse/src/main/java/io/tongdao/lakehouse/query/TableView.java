package io.tongdao.lakehouse.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A table's present snapshot as a DuckDB view: Iceberg plans the files, DuckDB reads them and leaves out what deletion vectors mark. */
final class TableView {
    private static final Predicate<String> SHOWN = Predicate.not("_kpart"::equals);

    private final String name;
    private final Table table;
    private final List<String> whole = new ArrayList<>();
    private final List<String> marked = new ArrayList<>();

    TableView(String name, Table table) {
        this.name = name;
        this.table = table;
    }

    /** Makes the view; the files that it reads. */
    List<String> create(DuckDBConnection duck) throws SQLException {
        plan(duck);
        create(duck, name, select());
        List<String> files = new ArrayList<>(whole);
        files.addAll(marked);
        return files;
    }

    /** A view of one file as it stands; the file. */
    static List<String> create(DuckDBConnection duck, String name, Path parquet) throws SQLException {
        List<String> files = List.of(parquet.toAbsolutePath().toString());
        create(duck, name, "select * from read_parquet(" + list(files) + ")");
        return files;
    }

    private static void create(DuckDBConnection duck, String name, String select) throws SQLException {
        String schema = name.substring(0, name.indexOf('.'));
        String view = name.substring(name.indexOf('.') + 1);
        execute(duck, "create schema if not exists " + quoted(schema));
        execute(duck, "create view " + quoted(schema) + "." + quoted(view) + " as " + select);
    }

    private void plan(DuckDBConnection duck) throws SQLException {
        execute(duck, "create schema if not exists _dead");
        execute(duck, "create table _dead." + quoted(name) + "(file varchar, position bigint)");
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles();
                DuckDBAppender dead = duck.createAppender("_dead", name)) {
            for (FileScanTask task : tasks) {
                String path = local(task.file().location());
                if (task.deletes().isEmpty()) {
                    whole.add(path);
                } else {
                    marked.add(path);
                    append(dead, path, deleted(task));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't plan " + name, e);
        }
    }

    private PositionDeleteIndex deleted(FileScanTask task) {
        return new BaseDeleteLoader(file -> table.io().newInputFile(file))
                .loadPositionDeletes(task.deletes(), task.file().location());
    }

    private static void append(DuckDBAppender dead, String path, PositionDeleteIndex positions) throws SQLException {
        List<Long> all = new ArrayList<>();
        positions.forEach(all::add);
        for (long position : all) {
            dead.beginRow();
            dead.append(path);
            dead.append(position);
            dead.endRow();
        }
    }

    private String select() {
        List<NestedField> columns = table.schema().columns().stream()
                .filter(column -> SHOWN.test(column.name()))
                .toList();
        String names = columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        List<String> parts = new ArrayList<>();
        boolean widened = table.schemas().size() > 1;
        if (widened || (whole.isEmpty() && marked.isEmpty())) {
            parts.add(columns.stream()
                    .map(column -> "null::" + type(column.type()) + " as " + quoted(column.name()))
                    .collect(Collectors.joining(", ", "select ", " where false")));
        }
        String wanted = widened ? "* exclude (_kpart)" : names;
        String byName = widened ? ", union_by_name = true" : "";
        if (!whole.isEmpty()) {
            parts.add("select " + wanted + " from read_parquet(" + list(whole) + byName + ")");
        }
        if (!marked.isEmpty()) {
            parts.add("select " + (widened ? "* exclude (_kpart, filename, file_row_number)" : names)
                    + " from read_parquet("
                    + list(marked) + byName
                    + ", filename = true, file_row_number = true) r where not exists (select 1 from _dead."
                    + quoted(name) + " d where d.file = r.filename and d.position = r.file_row_number)");
        }
        return "select " + names + " from (" + String.join(" union all by name ", parts) + ")";
    }

    static String list(List<String> texts) {
        return texts.stream()
                .map(text -> "'" + text.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String local(String location) {
        return location.startsWith("file:") ? location.replaceFirst("^file:(//)?", "") : location;
    }

    static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    private static void execute(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String type(Type type) {
        return switch (type) {
            case Types.DecimalType d -> "decimal(" + d.precision() + "," + d.scale() + ")";
            case Types.TimestampType t -> t.shouldAdjustToUTC() ? "timestamptz" : "timestamp";
            case Types.ListType list -> type(list.elementType()) + "[]";
            case Types.MapType map -> "map(" + type(map.keyType()) + ", " + type(map.valueType()) + ")";
            case Types.StructType struct ->
                struct.fields().stream()
                        .map(field -> quoted(field.name()) + " " + type(field.type()))
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
