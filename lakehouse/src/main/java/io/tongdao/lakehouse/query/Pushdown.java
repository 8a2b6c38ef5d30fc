package io.tongdao.lakehouse.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.duckdb.DuckDBConnection;

/**
 * What a query needs of its tables, by DuckDB's own optimizer: it plans the query over empty tables of the same columns, and says of each scan
 * which columns it reads and what every row that counts fulfils. What it can't say is read whole.
 */
final class Pushdown {
    /** These decide by what a table holds, and here it holds nothing; with the last two, DuckDB can't always write its plan down. */
    private static final String CONTENT = "statistics_propagation,row_group_pruner,late_materialization,limit_pushdown";

    private final Map<TableRef, TableVersion> tables;
    private final Map<TableRef, Need> needs = new HashMap<>();

    /**
     * What a query needs of one table.
     *
     * @param filter of Iceberg: a file in which no row fulfils it need not be read
     * @param columns in no particular order
     */
    record Need(Expression filter, Set<String> columns) {
        Need or(Need other) {
            Set<String> both = new LinkedHashSet<>(columns);
            both.addAll(other.columns);
            return new Need(Expressions.or(filter, other.filter), both);
        }
    }

    private Pushdown(Map<TableRef, TableVersion> tables) {
        this.tables = tables;
    }

    /** By table; one that is not there is needed whole. Leaves nothing behind in {@code duck}. */
    static Map<TableRef, Need> of(DuckDBConnection duck, String sql, Map<TableRef, TableVersion> tables)
            throws SQLException {
        for (TableVersion each : tables.values()) {
            Sql.run(duck, "create table " + each.ref().sql() + ColumnTypes.declared(each.columns()));
        }
        Sql.run(duck, "set disabled_optimizers = '" + CONTENT + "'");
        JsonNode plan = Serialised.of(duck, "select json_serialize_plan(?::varchar, optimize := true)", sql);
        Sql.run(duck, "reset disabled_optimizers");
        for (TableRef each : tables.keySet()) {
            Sql.run(duck, "drop table " + each.sql());
        }
        Pushdown pushdown = new Pushdown(tables);
        pushdown.walk(plan.path("plans"));
        return pushdown.needs;
    }

    private void walk(JsonNode node) {
        if (node.path("type").asText().equals("LOGICAL_GET")) {
            scan(node);
        }
        node.forEach(this::walk);
    }

    private void scan(JsonNode get) {
        JsonNode path = get.path("function_data").path("qualified_name").path("path");
        String moment = path.path(0).asText();
        TableRef table = new TableRef(
                moment.equals("memory") ? "" : moment,
                path.path(1).asText() + "." + path.path(2).asText());
        TableVersion version = tables.get(table);
        if (version != null) {
            needs.merge(table, new ScanNeed(version, get).need(), Need::or);
        }
    }
}
