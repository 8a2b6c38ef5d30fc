package io.tongdao.deliver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A delivered table in its database: made with comments, then upserted and deleted from by key. */
final class TargetTable {
    private final Dialect sql;
    private final String name;
    private final List<Column> columns;

    /** @param schema of the database, {@code table} in it; both are quoted here */
    TargetTable(Dialect sql, String schema, String table, List<Column> columns) {
        this.sql = sql;
        this.name = sql.quote(schema) + "." + sql.quote(table);
        this.columns = columns;
    }

    String name() {
        return name;
    }

    void create(Connection connection, String comment) throws SQLException {
        for (String statement : sql.create(name, comment, columns)) {
            DeliveryLedger.run(connection, statement);
        }
    }

    /** Applies the last state of each key; a null value is a deletion. */
    void apply(Connection connection, Map<String, @Nullable GenericRecord> rows) throws SQLException {
        List<String> names = columns.stream().map(Column::name).toList();
        try (PreparedStatement upserts = connection.prepareStatement(sql.upsert(name, names));
                PreparedStatement deletes = connection.prepareStatement(sql.delete(name))) {
            boolean some = false;
            boolean gone = false;
            for (Map.Entry<String, @Nullable GenericRecord> row : rows.entrySet()) {
                GenericRecord value = row.getValue();
                if (value == null) {
                    deletes.setString(1, row.getKey());
                    deletes.addBatch();
                    gone = true;
                } else {
                    bind(connection, upserts, row.getKey(), value);
                    upserts.addBatch();
                    some = true;
                }
            }
            if (gone) {
                deletes.executeBatch();
            }
            if (some) {
                upserts.executeBatch();
            }
        }
    }

    private void bind(Connection connection, PreparedStatement statement, String key, GenericRecord row)
            throws SQLException {
        statement.setString(1, key);
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value = row.get(i);
            if (value == null) {
                statement.setNull(i + 2, Types.NULL);
            } else if (column.item() == null) {
                statement.setObject(i + 2, sql.list(connection, (Collection<?>) value));
            } else {
                statement.setObject(i + 2, sql.value(column.item(), value));
            }
        }
    }
}
