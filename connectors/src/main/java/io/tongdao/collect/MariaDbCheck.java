package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link SourceCheck} for MariaDB. */
final class MariaDbCheck implements SourceCheck {
    @Override
    public List<String> server(Connection database) throws SQLException {
        List<String> problems = new ArrayList<>();
        if (!variable(database, "log_bin", "1")) {
            problems.add("the binary log is off: set log_bin in the server's configuration and restart it");
        }
        if (!variable(database, "binlog_format", "ROW")) {
            problems.add("binlog_format is not ROW: SET GLOBAL binlog_format = ROW");
        }
        if (!variable(database, "binlog_row_image", "FULL")) {
            problems.add("before-images are not full: SET GLOBAL binlog_row_image = FULL");
        }
        return problems;
    }

    @Override
    public List<String> table(Connection database, DatasetPlan dataset) {
        return List.of();
    }

    @Override
    public Set<String> columns(Connection database, DatasetPlan dataset) throws SQLException {
        return new HashSet<>(ask(
                database,
                "SELECT lower(column_name) FROM information_schema.columns WHERE concat(table_schema, '.', table_name)"
                        + " = ?",
                dataset.table()));
    }

    @Override
    public List<String> primaryKey(Connection database, DatasetPlan dataset) throws SQLException {
        return ask(
                database,
                "SELECT column_name FROM information_schema.statistics WHERE index_name = 'PRIMARY'"
                        + " AND concat(table_schema, '.', table_name) = ?",
                dataset.table());
    }

    @Override
    public List<Set<String>> unique(Connection database, DatasetPlan dataset) throws SQLException {
        List<Set<String>> found = new ArrayList<>();
        for (String columns : ask(
                database,
                "SELECT group_concat(lower(column_name) SEPARATOR '|') FROM information_schema.statistics"
                        + " WHERE non_unique = 0 AND concat(table_schema, '.', table_name) = ?"
                        + " GROUP BY index_name HAVING count(sub_part) = 0",
                dataset.table())) {
            found.add(Set.of(columns.split("\\|", -1)));
        }
        return found;
    }

    @Override
    public long estimate(Connection database, DatasetPlan dataset) throws SQLException {
        return ask(
                        database,
                        "SELECT table_rows FROM information_schema.tables WHERE table_rows IS NOT NULL"
                                + " AND concat(table_schema, '.', table_name) = ?",
                        dataset.table())
                .stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }

    /** Why the binlog no longer has what follows a position, null: it has. */
    static @Nullable String gap(Connection database, Map<String, ?> offset) throws SQLException {
        Object file = offset.get("file");
        if (file == null || !ask(database, "SHOW BINARY LOGS").contains(file.toString())) {
            return "its binlog no longer reaches back to where the reading stopped (" + file + " was purged)";
        }
        if (!(offset.get("gtids") instanceof String gtids)) {
            return null;
        }
        Map<String, Long> reached = new HashMap<>();
        for (String set : ask(database, "SELECT @@global.gtid_binlog_pos")) {
            reached.putAll(domains(set));
        }
        boolean behind =
                domains(gtids).entrySet().stream().anyMatch(e -> reached.getOrDefault(e.getKey(), -1L) < e.getValue());
        return behind
                ? "its binlog was reset, or this is another server: it has not yet come to where the reading stopped"
                : null;
    }

    /** Domain → newest sequence of a GTID list such as {@code 0-1-100,1-2-7}. */
    private static Map<String, Long> domains(String gtids) {
        Map<String, Long> newest = new HashMap<>();
        for (String gtid : gtids.strip().split("\\s*,\\s*", -1)) {
            String[] parts = gtid.split("-", -1);
            if (parts.length == 3) {
                newest.merge(parts[0], Long.parseLong(parts[2]), Math::max);
            }
        }
        return newest;
    }

    private static boolean variable(Connection database, String name, String wanted) throws SQLException {
        return ask(database, "SELECT @@global." + name).contains(wanted);
    }

    private static List<String> ask(Connection database, String sql, String... arguments) throws SQLException {
        try (PreparedStatement query = database.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                query.setString(i + 1, arguments[i]);
            }
            return PostgresCheck.strings(query.executeQuery());
        }
    }
}
