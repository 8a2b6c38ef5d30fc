package io.tongdao.lakehouse.query;

/**
 * A table as a query names it.
 *
 * @param moment as of when, in the query's words; empty: as it stands
 * @param table {@code <namespace>.<name>}
 */
record TableRef(String moment, String table) {
    static TableRef now(String table) {
        return new TableRef("", table);
    }

    String schema() {
        return table.substring(0, table.indexOf('.'));
    }

    String name() {
        return table.substring(table.indexOf('.') + 1);
    }

    /** As SQL names it: tables of another moment stand in a database of that name. */
    String sql() {
        String at = moment.isEmpty() ? "" : Sql.quoted(moment) + ".";
        return at + Sql.quoted(schema()) + "." + Sql.quoted(name());
    }

    /** As a person reads it. */
    String shown() {
        return moment.isEmpty() ? table : table + " as of " + moment;
    }
}
