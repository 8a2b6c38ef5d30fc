package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
                "SELECT lower(column_name) FROM information_schema.columns WHERE concat(table_schema, '.', table_name) = ?",
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
