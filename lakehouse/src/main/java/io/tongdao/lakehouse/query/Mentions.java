package io.tongdao.lakehouse.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a query names, by DuckDB's own parser: only SELECT, DESCRIBE and SUMMARIZE are let through, one statement, and no table function
 * that could read a file or tell of the database.
 *
 * @param tables those it reads, as it writes them
 * @param all whether it asks for the list of tables
 */
record Mentions(Set<TableRef> tables, boolean all) {
    private static final Set<String> FUNCTIONS =
            Set.of("range", "generate_series", "unnest", "json_each", "json_tree", "repeat", "repeat_row");

    /** @throws QueryRefused if it is none that is answered */
    static Mentions of(Connection duck, Asked asked) throws SQLException {
        JsonNode parsed = Serialised.of(duck, "select json_serialize_sql(?::varchar)", asked.sql());
        if (parsed.path("error").asBoolean()) {
            throw refusal(parsed, asked);
        }
        if (parsed.path("statements").size() != 1) {
            throw new QueryRefused("one statement at a time");
        }
        Found found = new Found();
        found.walk(parsed);
        found.tables.removeIf(table -> table.moment().isEmpty() && found.ctes.contains(table.table()));
        boolean catalog = found.tables.removeIf(
                table -> table.table().toLowerCase(Locale.ROOT).startsWith("information_schema."));
        return new Mentions(found.tables, catalog || found.listed);
    }

    private static QueryRefused refusal(JsonNode error, Asked asked) {
        String message = error.path("error_message").asText();
        return message.startsWith("Only SELECT")
                ? new QueryRefused("only SELECT, DESCRIBE, SUMMARIZE and EXPLAIN are answered")
                : new QueryRefused(asked.place(error.path("position").asText(), 0) + message);
    }

    private static final class Found {
        private final Set<TableRef> tables = new LinkedHashSet<>();
        private final Set<String> ctes = new HashSet<>();
        private boolean listed;

        private void walk(JsonNode node) {
            if (node.isObject()) {
                look(node);
            }
            node.forEach(this::walk);
        }

        private void look(JsonNode node) {
            if (node.path("value").has("query_node")
                    || node.path("value").path("query").has("node")) {
                ctes.add(node.path("key").asText());
            }
            switch (node.path("type").asText()) {
                case "BASE_TABLE" -> tables.add(table(node));
                case "SHOW_REF" -> listed |= !node.path("table_name").asText().isEmpty();
                case "TABLE_FUNCTION" ->
                    function(node.path("function").path("function_name").asText());
                default -> {}
            }
        }

        private static TableRef table(JsonNode node) {
            if (node.path("at_clause").isObject()) {
                throw new QueryRefused("AT (…) is not answered; write FROM table AS OF '2026-11-30'");
            }
            String schema = node.path("schema_name").asText();
            String name = node.path("table_name").asText();
            return new TableRef(node.path("catalog_name").asText(), schema.isEmpty() ? name : schema + "." + name);
        }

        private static void function(String name) {
            if (!FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new QueryRefused("table function " + name + " is not available here");
            }
        }
    }
}
