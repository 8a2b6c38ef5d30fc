package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.commit.Progress;
import io.tongdao.lakehouse.query.TableRights.Right;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.duckdb.DuckDBConnection;

/**
 * SQL over the lakehouse for one who may see some of its tables. Each query runs in a DuckDB of its own in memory, on the tables'
 * snapshots of that moment; it can read the files of the tables that it names and nothing else, and change nothing.
 */
public final class LakeQuery {
    private static final String MEMORY = "1GB";
    private static final int NEAR = 4;

    private final LakeCatalog catalog;
    private final TableRights rights;

    private LakeQuery(LakeCatalog catalog, TableRights rights) {
        this.catalog = catalog;
        this.rights = rights;
    }

    /** @param rights of the one who asks */
    public static LakeQuery open(LakeCatalog catalog, TableRights rights) {
        return new LakeQuery(catalog, rights);
    }

    /** Reads a result while it streams. */
    public interface Reading<T> {
        T read(ResultSet result) throws SQLException;
    }

    /** The tables that may be read now, snapshots among them. */
    public List<String> tables() {
        Set<String> readable = new TreeSet<>(rights.snapshots().keySet());
        catalog.tables().stream().filter(table -> refusal(table).isEmpty()).forEach(readable::add);
        return List.copyOf(readable);
    }

    /** Why a table of the lakehouse is not answered; empty: it is. */
    private Optional<String> refusal(String table) {
        return switch (rights.on(table)) {
            case Right.Whole whole -> Optional.empty();
            case Right.Shown(String topic) ->
                shows(table, topic)
                        ? Optional.empty()
                        : Optional.of(table + " still holds what was released before; ask again when " + topic
                                + " has become the table: ./tongdao status");
            case Right.Closed(String why) -> Optional.of(why);
            case Right.Unknown unknown -> Optional.of("no table " + table);
        };
    }

    /** An empty table shows nothing, whatever is granted. */
    private boolean shows(String table, String topic) {
        Snapshot present = catalog.table(table).currentSnapshot();
        return present == null || topic.equals(Progress.topic(present));
    }

    /**
     * Answers one SELECT.
     *
     * @throws QueryRefused with one line for the person: a mistake in the query, an unknown table, more than a query may do
     */
    public <T> T query(String sql, Reading<T> reading) {
        try (DuckDBConnection duck = duck()) {
            expose(duck, sql);
            try (Statement statement = duck.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                return reading.read(result);
            }
        } catch (SQLException e) {
            throw new QueryRefused(oneLine(e), e);
        }
    }

    private static DuckDBConnection duck() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        DuckDBConnection duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        set(duck, "autoinstall_known_extensions = false");
        set(duck, "autoload_known_extensions = false");
        set(duck, "memory_limit = '" + MEMORY + "'");
        set(duck, "temp_directory = ''");
        set(duck, "TimeZone = 'Asia/Shanghai'");
        return duck;
    }

    private void expose(DuckDBConnection duck, String sql) throws SQLException {
        Mentions mentions = Mentions.of(duck, sql);
        Set<String> known = new TreeSet<>(tables());
        Set<String> named = new TreeSet<>(mentions.all() ? known : Set.of());
        mentions.tables().forEach(table -> named.add(resolve(table, known)));
        List<String> files = new ArrayList<>();
        for (String table : named) {
            Path snapshot = rights.snapshots().get(table);
            files.addAll(
                    snapshot == null
                            ? new TableView(table, catalog.table(table)).create(duck)
                            : TableView.create(duck, table, snapshot));
        }
        set(duck, "allowed_paths = " + TableView.list(files));
        set(duck, "enable_external_access = false");
        set(duck, "lock_configuration = true");
    }

    private String resolve(String mentioned, Set<String> known) {
        return known.stream()
                .filter(table -> table.equalsIgnoreCase(mentioned))
                .findFirst()
                .orElseThrow(() -> new QueryRefused(
                        closed(mentioned).orElseGet(() -> "no table " + mentioned + nearest(mentioned, known))));
    }

    /** Why a table that he knows of is not answered now. */
    private Optional<String> closed(String mentioned) {
        return catalog.tables().stream()
                .filter(table -> table.equalsIgnoreCase(mentioned))
                .filter(table -> !(rights.on(table) instanceof Right.Unknown))
                .findFirst()
                .flatMap(this::refusal);
    }

    private static String nearest(String mentioned, Set<String> known) {
        String wanted = mentioned.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(table -> distance(wanted, table) <= NEAR || table.endsWith("." + wanted))
                .min(Comparator.comparingInt(table -> table.endsWith("." + wanted) ? 0 : distance(wanted, table)))
                .map(table -> "; did you mean " + table + "?")
                .orElse(known.isEmpty() ? "; there are no tables yet" : "; there are " + String.join(", ", known));
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static void set(DuckDBConnection duck, String setting) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute("set " + setting);
        }
    }

    private static String oneLine(SQLException e) {
        String message = e.getMessage() == null ? "the query failed" : e.getMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
