package io.tongdao.ops.province;

import io.tongdao.ops.province.AgencyTable.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An agency's table as data: for each column its name, its SQL type in both engines, and how its value is drawn from what the row is
 * about.
 *
 * @param <T> what a row is about
 */
final class Columns<T> {
    private final List<String> key;
    private final List<Column<T>> columns;
    private final List<String> names;

    /** @param type as both engines understand it, constraints included */
    private record Column<T>(String name, String type, Draw<T> draw) {}

    /** Draws the value of one column. */
    @FunctionalInterface
    interface Draw<T> {
        @Nullable
        Object of(T about, Dice dice);
    }

    private Columns(List<String> key, List<Column<T>> columns) {
        this.key = key;
        this.columns = columns;
        this.names = columns.stream().map(Column::name).toList();
    }

    /** A table with no columns yet. */
    static <T> Columns<T> keyedBy(String... key) {
        return new Columns<>(List.of(key), List.of());
    }

    /** A table whose rows are made elsewhere. */
    static Columns<Object> defined(List<String> key, String... definitions) {
        Columns<Object> all = new Columns<>(key, List.of());
        for (String definition : definitions) {
            int space = definition.indexOf(' ');
            all = all.with(definition.substring(0, space), definition.substring(space + 1), (about, dice) -> null);
        }
        return all;
    }

    Columns<T> with(String name, String type, Draw<T> draw) {
        List<Column<T>> more = new ArrayList<>(columns);
        more.add(new Column<>(name, type, draw));
        return new Columns<>(key, List.copyOf(more));
    }

    List<String> key() {
        return key;
    }

    List<String> names() {
        return names;
    }

    Row row(AgencyTable table, T about, Dice dice) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).draw().of(about, dice);
        }
        return new Row(table, values);
    }

    /** MariaDB's binary collation keeps full-width and lower-case codes distinct, as PostgreSQL does. */
    List<String> definition(String table, Engine engine) {
        String body = columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", " (", ", PRIMARY KEY (" + String.join(", ", key) + "))"));
        return switch (engine) {
            case POSTGRESQL ->
                List.of(
                        "CREATE TABLE public." + table + body,
                        "ALTER TABLE public." + table + " REPLICA IDENTITY FULL");
            case MARIADB ->
                List.of("CREATE TABLE " + table + body.replace(" timestamp", " datetime")
                        + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
        };
    }
}
