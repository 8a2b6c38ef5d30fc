package io.tongdao.lakehouse.query;

import io.tongdao.contract.plan.ItemType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Rows as files that anybody can read, written by DuckDB. Rows stand in the order of their values, so that their place tells nothing of where they
 * came from.
 */
public final class TableFiles {
    private final List<Column> columns;
    private final List<? extends List<@Nullable String>> rows;

    /** @param rows the columns' values as text */
    public TableFiles(List<Column> columns, List<? extends List<@Nullable String>> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** @param type of SQL, to which its text can be cast */
    public record Column(String name, String type) {
        /** A column that holds values of an item as they are. */
        public static Column of(String name, ItemType type) {
            return new Column(name, sql(type));
        }

        private static String sql(ItemType type) {
            return switch (type) {
                case ItemType.Date t -> "date";
                case ItemType.Int t -> "integer";
                case ItemType.BigInt t -> "bigint";
                case ItemType.Bool t -> "boolean";
                case ItemType.Decimal(int precision, int scale) -> "decimal(" + precision + "," + scale + ")";
                case ItemType.Timestamp t -> "timestamp";
                case ItemType.Text t -> "varchar";
                case ItemType.CitizenIdType t -> "varchar";
                case ItemType.CreditCodeType t -> "varchar";
                case ItemType.DocumentType t -> "varchar";
                case ItemType.DivisionType t -> "varchar";
                case ItemType.Code t -> "varchar";
            };
        }
    }

    /** {@code json} is one object a line. */
    public enum Format {
        CSV,
        JSON,
        PARQUET;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A file to be made. */
    public record Target(Path file, Format format) {}

    /** Writes the same rows into each file; they must not be there. */
    public void write(List<Target> targets) throws IOException {
        try (DuckDBConnection duck = duck();
                Statement statement = duck.createStatement()) {
            statement.execute("create table plain (" + each("%s varchar") + ")");
            fill(duck);
            for (Target target : targets) {
                statement.execute(copy("select " + typed(columns) + " from plain order by all", target));
            }
        } catch (SQLException e) {
            throw unwritten(e);
        }
    }

    /** What DuckDB says may quote a value. */
    static IOException unwritten(SQLException e) {
        return new IOException("rows can't be written as files: SQL state " + e.getSQLState());
    }

    /** Writes what a query finds, in its order. */
    static String copy(String query, Target target) {
        return "copy (" + query + ") to '" + escaped(target.file()) + "' (format "
                + target.format().word() + header(target) + ")";
    }

    /** Reads columns of a Parquet file back, as text; a column that it lacks is null. */
    public static List<List<@Nullable String>> read(Path parquet, List<String> columns) throws IOException {
        try (DuckDBConnection duck = duck();
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery("select * from read_parquet('" + escaped(parquet) + "')")) {
            List<Integer> places = new ArrayList<>();
            for (String column : columns) {
                places.add(place(result, column));
            }
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int place : places) {
                    row.add(place == 0 ? null : result.getString(place));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IOException(parquet + " can't be read", e);
        }
    }

    private static int place(ResultSet result, String column) throws SQLException {
        for (int place = 1; place <= result.getMetaData().getColumnCount(); place++) {
            if (result.getMetaData().getColumnName(place).equals(column)) {
                return place;
            }
        }
        return 0;
    }

    private static DuckDBConnection duck() throws SQLException {
        DuckDBConnection duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duck.createStatement()) {
            statement.execute("set autoinstall_known_extensions = false");
            statement.execute("set temp_directory = ''");
        }
        return duck;
    }

    private void fill(DuckDBConnection duck) throws SQLException {
        try (DuckDBAppender appender = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "plain")) {
            for (List<@Nullable String> row : rows) {
                appender.beginRow();
                for (String cell : row) {
                    appender.append(cell);
                }
                appender.endRow();
            }
        }
    }

    private String each(String form) {
        return columns.stream()
                .map(column -> form.formatted(Sql.quoted(column.name())))
                .collect(Collectors.joining(", "));
    }

    /** The columns of a table of texts in their types. */
    static String typed(List<Column> columns) {
        return columns.stream()
                .map(column -> "cast(%1$s as %2$s) as %1$s".formatted(Sql.quoted(column.name()), column.type()))
                .collect(Collectors.joining(", "));
    }

    private static String header(Target target) {
        return target.format() == Format.CSV ? ", header true" : "";
    }

    static String escaped(Path file) {
        return file.toString().replace("'", "''");
    }
}
