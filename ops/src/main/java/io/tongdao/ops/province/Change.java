package io.tongdao.ops.province;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One statement of a {@link Step} that touches exactly one row. */
final class Change {
    private final String sql;
    private final List<@Nullable Object> parameters;

    private Change(String sql, List<@Nullable Object> parameters) {
        this.sql = sql;
        this.parameters = parameters;
    }

    static Change insert(Row row) {
        AgencyTable table = row.table();
        String marks = String.join(",", Collections.nCopies(table.columns().size(), "?"));
        String sql =
                "INSERT INTO " + table.table() + " (" + String.join(",", table.columns()) + ") VALUES (" + marks + ")";
        List<@Nullable Object> parameters = new ArrayList<>();
        Collections.addAll(parameters, row.values());
        return new Change(sql, parameters);
    }

    static Change delete(Row row) {
        List<@Nullable Object> parameters = new ArrayList<>();
        return new Change("DELETE FROM " + row.table().table() + where(row, parameters), parameters);
    }

    /** Sets what differs; where nothing does, a column is set to what it is. */
    static Change update(Row before, Row after) {
        List<@Nullable Object> parameters = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        for (String column : before.table().columns()) {
            if (!Objects.equals(before.get(column), after.get(column))) {
                settings.add(column + " = ?");
                parameters.add(after.get(column));
            }
        }
        if (settings.isEmpty()) {
            String last = before.table().columns().getLast();
            settings.add(last + " = " + last);
        }
        String head = "UPDATE " + before.table().table() + " SET " + String.join(", ", settings);
        return new Change(head + where(before, parameters), parameters);
    }

    private static String where(Row row, List<@Nullable Object> parameters) {
        List<String> conditions = new ArrayList<>();
        for (String column : row.table().key()) {
            conditions.add(column + " = ?");
            parameters.add(row.get(column));
        }
        return " WHERE " + String.join(" AND ", conditions);
    }

    /** @throws IllegalStateException if the row isn't there: the database is not in the state that the script knows */
    void apply(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            int rows = statement.executeUpdate();
            if (rows != 1) {
                throw new IllegalStateException("a step of the script found " + rows + " rows instead of one: " + sql);
            }
        }
    }
}
