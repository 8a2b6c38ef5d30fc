package io.tongdao.collect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One question to a source, answered by the first column of its rows. */
final class Asked {
    private Asked() {}

    static List<String> of(Connection database, String sql, String... arguments) throws SQLException {
        try (PreparedStatement query = database.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                query.setString(i + 1, arguments[i]);
            }
            return PostgresCheck.strings(query.executeQuery());
        }
    }
}
