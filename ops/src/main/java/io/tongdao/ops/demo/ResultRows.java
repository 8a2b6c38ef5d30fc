package io.tongdao.ops.demo;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A JDBC result as rows, one at a time. Arrays become lists. */
final class ResultRows implements Iterator<Map<String, @Nullable Object>> {
    private final ResultSet result;
    private final String[] columns;
    private boolean there;

    ResultRows(ResultSet result) throws SQLException {
        this.result = result;
        ResultSetMetaData about = result.getMetaData();
        this.columns = new String[about.getColumnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = about.getColumnLabel(i + 1);
        }
        this.there = result.next();
    }

    @Override
    public boolean hasNext() {
        return there;
    }

    @Override
    public Map<String, @Nullable Object> next() {
        if (!there) {
            throw new NoSuchElementException();
        }
        try {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], plain(result.getObject(i + 1)));
            }
            there = result.next();
            return row;
        } catch (SQLException e) {
            throw new IllegalStateException("a row can't be read (SQL state " + e.getSQLState() + ")");
        }
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case java.sql.Array array -> java.util.Arrays.asList((Object[]) array.getArray());
            case java.sql.Struct struct -> struct;
            case null -> null;
            default -> value;
        };
    }
}
