package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.query.TableFiles.Column;
import io.tongdao.lakehouse.query.TableFiles.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * What a keyed topic says at one moment, as files: the last row of each key, in the order of the keys. Kept and sorted on the disk, so that memory
 * is bounded however large the topic is. Equal rows are equal bytes, whatever history led to them. For one thread.
 */
public final class KeyedTable implements AutoCloseable {
    /** The column before the others. */
    public static final String KEY = "_key";

    private static final int MEGABYTES = 192;
    private static final int FLUSH = 50_000;
    private final List<Column> columns;
    private final DuckDBConnection duck;
    private DuckDBAppender appender;
    private long at;

    /**
     * @param scratch an empty directory, readable by nobody else; to be deleted afterwards
     * @param columns beside the key
     */
    public KeyedTable(Path scratch, List<Column> columns) throws IOException {
        this.columns = List.copyOf(columns);
        try {
            duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + scratch.resolve("rows.duckdb"));
            execute(
                    "set autoinstall_known_extensions = false",
                    "set threads = 1",
                    "set preserve_insertion_order = true",
                    "set memory_limit = '" + MEGABYTES + "MB'",
                    "set temp_directory = '" + TableFiles.escaped(scratch) + "'",
                    "create table log (nr bigint, _key varchar, gone boolean, " + cells("%s varchar") + ")");
            appender = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "log");
        } catch (SQLException e) {
            throw TableFiles.unwritten(e);
        }
    }

    /** A row, which takes the place of what was there under its key. */
    public void put(String key, List<@Nullable String> row) throws IOException {
        append(key, row);
    }

    /** The end of a row, if there was one. */
    public void remove(String key) throws IOException {
        append(key, null);
    }

    private void append(String key, @Nullable List<@Nullable String> row) throws IOException {
        try {
            appender.beginRow();
            appender.append(++at);
            appender.append(key);
            appender.append(row == null);
            for (int cell = 0; cell < columns.size(); cell++) {
                appender.append(row == null ? null : row.get(cell));
            }
            appender.endRow();
            if (at % FLUSH == 0) {
                appender.flush();
            }
        } catch (SQLException e) {
            throw TableFiles.unwritten(e);
        }
    }

    /**
     * Writes what is there now; nothing can be put after it.
     *
     * @param target a file that must not be there
     * @return how many rows it has
     */
    public long write(Target target) throws IOException {
        try {
            appender.close();
            execute(
                    "create table newest as select _key, max(nr) as nr from log group by _key",
                    "create table live as select log.* exclude (gone) from log semi join newest using (_key, nr) where not gone",
                    TableFiles.copy("select " + typed() + " from live order by _key", target));
            try (Statement statement = duck.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from live")) {
                return count.next() ? count.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw TableFiles.unwritten(e);
        }
    }

    private String typed() {
        String cells = IntStream.range(0, columns.size())
                .mapToObj(cell -> "cast(c%d as %s) as %s"
                        .formatted(
                                cell,
                                columns.get(cell).type(),
                                Sql.quoted(columns.get(cell).name())))
                .collect(Collectors.joining(", "));
        return KEY + ", " + cells;
    }

    /** Named by their places: an item may have any name. */
    private String cells(String form) {
        return IntStream.range(0, columns.size())
                .mapToObj(cell -> form.formatted("c" + cell))
                .collect(Collectors.joining(", "));
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            duck.close();
        } catch (SQLException e) {
            throw TableFiles.unwritten(e);
        }
    }
}
