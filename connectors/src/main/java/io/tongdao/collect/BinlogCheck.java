package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link SourceCheck} for what MariaDB and MySQL answer alike: their binlog's settings, and their tables. */
sealed interface BinlogCheck extends SourceCheck permits MariaDbCheck, MySqlCheck {
    @Override
    default List<String> server(Connection database) throws SQLException {
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
    default List<String> table(Connection database, DatasetPlan dataset) {
        return List.of();
    }

    @Override
    default Set<String> columns(Connection database, DatasetPlan dataset) throws SQLException {
        return new HashSet<>(Asked.of(
                database,
                "SELECT lower(column_name) FROM information_schema.columns WHERE concat(table_schema, '.', table_name)"
                        + " = ?",
                dataset.table()));
    }

    @Override
    default List<String> primaryKey(Connection database, DatasetPlan dataset) throws SQLException {
        return Asked.of(
                database,
                "SELECT column_name FROM information_schema.statistics WHERE index_name = 'PRIMARY'"
                        + " AND concat(table_schema, '.', table_name) = ?",
                dataset.table());
    }

    /** Neither an index of a column's beginning nor one of an expression, which has no column. */
    @Override
    default List<Set<String>> unique(Connection database, DatasetPlan dataset) throws SQLException {
        List<Set<String>> found = new ArrayList<>();
        for (String columns : Asked.of(
                database,
                "SELECT group_concat(lower(column_name) SEPARATOR '|') FROM information_schema.statistics"
                        + " WHERE non_unique = 0 AND concat(table_schema, '.', table_name) = ?"
                        + " GROUP BY index_name HAVING count(sub_part) = 0 AND count(column_name) = count(*)",
                dataset.table())) {
            found.add(Set.of(columns.split("\\|", -1)));
        }
        return found;
    }

    @Override
    default long estimate(Connection database, DatasetPlan dataset) throws SQLException {
        return Asked.of(
                        database,
                        "SELECT table_rows FROM information_schema.tables WHERE table_rows IS NOT NULL"
                                + " AND concat(table_schema, '.', table_name) = ?",
                        dataset.table())
                .stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }

    /** Why the binlog no longer has the file of a position, null: it has. */
    static @Nullable String purged(Connection database, Map<String, ?> offset) throws SQLException {
        Object file = offset.get("file");
        return file != null && Asked.of(database, "SHOW BINARY LOGS").contains(file.toString())
                ? null
                : "its binlog no longer reaches back to where the reading stopped (" + file + " was purged)";
    }

    static boolean variable(Connection database, String name, String wanted) throws SQLException {
        return Asked.of(database, "SELECT @@global." + name).contains(wanted);
    }
}
