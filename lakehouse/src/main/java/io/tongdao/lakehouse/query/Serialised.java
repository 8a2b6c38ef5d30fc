package io.tongdao.lakehouse.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What DuckDB makes of a query, as JSON. */
final class Serialised {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Serialised() {}

    /** @param select a SELECT of one value with the query as its only parameter */
    static JsonNode of(Connection duck, String select, String sql) throws SQLException {
        try (PreparedStatement statement = duck.prepareStatement(select)) {
            statement.setString(1, sql);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return read(result.getString(1));
            }
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DuckDB answers no JSON", e);
        }
    }
}
