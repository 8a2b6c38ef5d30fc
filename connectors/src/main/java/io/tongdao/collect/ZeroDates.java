package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Source;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Asks MariaDB or MySQL whether a date that Debezium gave as null (or as 1970-01-01 where the column can't be null) is a zero date: Debezium
 * makes both the same. One look-up by primary key for each such row. The answer is the row's present state; where that is newer than
 * the event, the event that made it so follows, and the end is right.
 */
final class ZeroDates implements DateDoubt, AutoCloseable {
    private final String url;
    private final String user;
    private final String password;
    private final Map<String, PreparedStatement> queries = new HashMap<>();
    private @Nullable Connection connection;

    /** @param properties Debezium's {@code database.*} */
    ZeroDates(Source.Engine engine, Map<String, String> properties) {
        this.url = SourceUrl.of(engine, properties);
        this.user = String.valueOf(properties.get("database.user"));
        this.password = String.valueOf(properties.get("database.password"));
    }

    @Override
    public boolean zero(DatasetPlan dataset, Field column, Struct primaryKey) {
        try {
            PreparedStatement query = query(dataset, column, primaryKey);
            int parameter = 1;
            for (Field field : primaryKey.schema().fields()) {
                Object value = primaryKey.get(field);
                boolean date =
                        io.debezium.time.Date.SCHEMA_NAME.equals(field.schema().name());
                query.setObject(parameter++, date ? LocalDate.ofEpochDay((Integer) value) : value);
            }
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            close();
            throw new RetriableException(
                    dataset.id() + ": the source can't be asked for a date (SQL state " + e.getSQLState() + ')');
        }
    }

    private PreparedStatement query(DatasetPlan dataset, Field column, Struct primaryKey) throws SQLException {
        String name = dataset.id() + '.' + column.name();
        PreparedStatement known = queries.get(name);
        if (known != null) {
            return known;
        }
        Connection database = connection;
        if (database == null) {
            database = DriverManager.getConnection(url, user, password);
            connection = database;
        }
        String table = java.util.Arrays.stream(dataset.table().split("\\.", -1))
                .map(ZeroDates::quoted)
                .collect(Collectors.joining("."));
        String date = quoted(column.name());
        String key = primaryKey.schema().fields().stream()
                .map(f -> quoted(f.name()) + " = ?")
                .collect(Collectors.joining(" AND "));
        PreparedStatement made = database.prepareStatement(
                "SELECT 1 FROM %s WHERE %s AND (YEAR(%s) = 0 OR MONTH(%s) = 0 OR DAYOFMONTH(%s) = 0)"
                        .formatted(table, key, date, date, date));
        queries.put(name, made);
        return made;
    }

    private static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public void close() {
        queries.clear();
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                return;
            }
        }
    }
}
