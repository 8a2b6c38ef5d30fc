package io.tongdao.collect.files;

import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file, read by DuckDB in the file's order and as a stream. Dates are epoch days, timestamps without zone local
 * microseconds; instants are brought to local time, as everywhere (ops/decisions/0063); decimals and numbers beyond 64 bits are text.
 */
final class ParquetRows implements FileRows {
    private static final String CHINA = "Asia/Shanghai";
    private final Path link;
    private final Connection duck;
    private final Statement statement;
    private final ResultSet rows;
    private final Schema schema;
    private long row;

    /** How one column is asked for, and what it is then. */
    private record Column(String sql, Schema schema) {}

    private ParquetRows(Path link, Connection duck, List<String> wanted) throws SQLException, UnfitFile {
        this.link = link;
        this.duck = duck;
        this.statement = duck.createStatement();
        String file = "read_parquet('" + link.toString().replace("'", "''") + "')";
        List<Column> columns = columns(file, wanted);
        SchemaBuilder struct = SchemaBuilder.struct();
        for (int i = 0; i < wanted.size(); i++) {
            struct.field(wanted.get(i), columns.get(i).schema());
        }
        this.schema = struct.build();
        this.rows = statement.executeQuery(
                "SELECT " + String.join(", ", columns.stream().map(Column::sql).toList()) + " FROM " + file);
    }

    static ParquetRows open(Path file, List<String> wanted, Path scratch) throws IOException, UnfitFile {
        // A name of our own: the file's may hold characters that a pattern of file names gives a meaning.
        Path link = Files.createSymbolicLink(scratch.resolve(UUID.randomUUID() + ".parquet"), file.toAbsolutePath());
        Connection duck = null;
        ParquetRows opened = null;
        try {
            duck = duck();
            opened = new ParquetRows(link, duck, wanted);
            return opened;
        } catch (SQLException e) {
            throw unfit();
        } finally {
            if (opened == null) {
                close(duck, link);
            }
        }
    }

    private static Connection duck() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        Connection duck = DriverManager.getConnection("jdbc:duckdb:", properties);
        try (Statement set = duck.createStatement()) {
            set.execute("SET autoinstall_known_extensions = false");
            set.execute("SET autoload_known_extensions = false");
            set.execute("SET memory_limit = '512MB'");
            set.execute("SET threads = 1");
            set.execute("SET temp_directory = ''");
        }
        return duck;
    }

    private List<Column> columns(String file, List<String> wanted) throws SQLException, UnfitFile {
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + file)) {
            while (described.next()) {
                names.add(described.getString("column_name"));
                types.add(described.getString("column_type"));
            }
        }
        int[] positions = FileRows.positions(names, wanted);
        List<Column> columns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            Column column = column(names.get(positions[i]), types.get(positions[i]));
            if (column == null) {
                problems.add("column " + wanted.get(i)
                        + " is of a type that no item has: write text, numbers, booleans, dates, timestamps or"
                        + " decimals");
            } else {
                columns.add(column);
            }
        }
        if (!problems.isEmpty()) {
            throw new UnfitFile(problems);
        }
        return columns;
    }

    private static @Nullable Column column(String name, String type) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        String kind = type.replaceAll("\\(.*", "");
        return switch (kind) {
            case "VARCHAR", "UUID", "DECIMAL", "HUGEINT", "UHUGEINT", "UBIGINT" ->
                type.endsWith("]")
                        ? null
                        : new Column("CAST(" + quoted + " AS VARCHAR)", Schema.OPTIONAL_STRING_SCHEMA);
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
                new Column("CAST(" + quoted + " AS BIGINT)", Schema.OPTIONAL_INT64_SCHEMA);
            case "FLOAT" -> new Column(quoted, Schema.OPTIONAL_FLOAT32_SCHEMA);
            case "DOUBLE" -> new Column(quoted, Schema.OPTIONAL_FLOAT64_SCHEMA);
            case "BOOLEAN" -> new Column(quoted, Schema.OPTIONAL_BOOLEAN_SCHEMA);
            case "DATE" ->
                new Column(
                        "CAST(" + quoted + " - DATE '1970-01-01' AS INTEGER)",
                        Date.builder().optional().build());
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                new Column("epoch_us(CAST(" + quoted + " AS TIMESTAMP))", micros());
            case "TIMESTAMP WITH TIME ZONE" ->
                new Column("epoch_us(timezone('" + CHINA + "', " + quoted + "))", micros());
            default -> null;
        };
    }

    private static Schema micros() {
        return MicroTimestamp.builder().optional().build();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Struct next() throws UnfitFile {
        try {
            if (!rows.next()) {
                return null;
            }
            row++;
            Struct next = new Struct(schema);
            for (int i = 0; i < schema.fields().size(); i++) {
                next.put(
                        schema.fields().get(i),
                        value(i + 1, schema.fields().get(i).schema()));
            }
            return next;
        } catch (SQLException e) {
            throw unfit();
        }
    }

    private @Nullable Object value(int column, Schema type) throws SQLException {
        Object value = switch (type.type()) {
            case STRING -> rows.getString(column);
            case INT64 -> rows.getLong(column);
            case INT32 -> rows.getInt(column);
            case FLOAT32 -> rows.getFloat(column);
            case FLOAT64 -> rows.getDouble(column);
            case BOOLEAN -> rows.getBoolean(column);
            case INT8, INT16, BYTES, ARRAY, MAP, STRUCT -> throw new IllegalStateException("no such column was made");
        };
        return rows.wasNull() ? null : value;
    }

    @Override
    public long line() {
        return row;
    }

    /** DuckDB's own text may quote what it read, and names the file. */
    private static UnfitFile unfit() {
        return new UnfitFile("the file can't be read as Parquet: it is broken, encrypted or of another form");
    }

    private static void close(@Nullable Connection duck, Path link) throws IOException {
        try {
            if (duck != null) {
                duck.close();
            }
        } catch (SQLException e) {
            throw new IOException("DuckDB does not close", e);
        } finally {
            Files.deleteIfExists(link);
        }
    }

    @Override
    public void close() throws IOException {
        close(duck, link);
    }
}
