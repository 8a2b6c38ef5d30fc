package io.tongdao.lakehouse.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a query names, by DuckDB's own parser: only SELECT, DESCRIBE and SUMMARIZE are let through, one statement, and no table function
 * that could read a file.
 *
 * @param tables names with or without their schema
 * @param all whether it asks for the list of tables
 */
record Mentions(Set<String> tables, boolean all) {
    private static final Set<String> FUNCTIONS =
            Set.of("range", "generate_series", "unnest", "json_each", "json_tree", "repeat", "repeat_row");

    private static final String PARSE = """
            create temp table tree as
            with parsed as (select json_serialize_sql(?::varchar) as ast)
            select value->>'$.type' as kind, value->>'$.schema_name' as schema_name, value->>'$.table_name' as table_name,
                   value->>'$.function.function_name' as function_name, value->>'$.error_message' as error,
                   case when (value->'$.value.query_node') is not null then value->>'$.key' end as cte,
                   json_array_length(value->'$.statements') as statements
            from parsed, json_tree(parsed.ast) where json_type(value) = 'OBJECT'
            """;

    static Mentions of(Connection duck, String sql) throws SQLException {
        try (PreparedStatement parse = duck.prepareStatement(PARSE)) {
            parse.setString(1, sql);
            parse.execute();
        }
        try {
            refuse(duck);
            return collect(duck);
        } finally {
            try (Statement drop = duck.createStatement()) {
                drop.execute("drop table tree");
            }
        }
    }

    private static void refuse(Connection duck) throws SQLException {
        for (String error : strings(duck, "error", "error is not null")) {
            boolean other = error.startsWith("Only SELECT");
            throw new QueryRefused(other ? "only SELECT, DESCRIBE and SUMMARIZE are answered" : error);
        }
        if (strings(duck, "statements", "statements <> 1").isEmpty()) {
            for (String function : strings(duck, "function_name", "kind = 'TABLE_FUNCTION'")) {
                if (!FUNCTIONS.contains(function)) {
                    throw new QueryRefused("table function " + function + " is not available here");
                }
            }
        } else {
            throw new QueryRefused("one statement at a time");
        }
    }

    private static Mentions collect(Connection duck) throws SQLException {
        Set<String> tables = strings(duck, "ltrim(schema_name || '.' || table_name, '.')", "kind = 'BASE_TABLE'");
        tables.removeAll(strings(duck, "cte", "cte is not null"));
        boolean catalog = tables.removeIf(name -> name.startsWith("information_schema."));
        boolean show =
                !strings(duck, "kind", "kind = 'SHOW_REF' and table_name <> ''").isEmpty();
        return new Mentions(tables, catalog || show);
    }

    private static Set<String> strings(Connection duck, String column, String where) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery("select " + column + " from tree where " + where)) {
            while (result.next()) {
                found.add(result.getString(1));
            }
        }
        return found;
    }
}
