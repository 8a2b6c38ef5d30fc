package io.tongdao.deliver;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A delivered table in PostgreSQL: its definition from the Avro schema, its upserts and deletes. The primary key is {@code _key}. */
final class TargetTable {
    private final String name;
    private final List<Schema.Field> fields;
    private final String upsert;
    private final String delete;

    /** @param schema of the database, {@code table} in it; both are quoted here */
    TargetTable(String schema, String table, Schema value) {
        this.name = quote(schema) + "." + quote(table);
        this.fields = value.getFields();
        String columns = fields.stream().map(f -> quote(f.name())).collect(Collectors.joining(", "));
        String marks = fields.stream().map(f -> "?").collect(Collectors.joining(", "));
        String sets = fields.stream()
                .map(f -> quote(f.name()) + " = excluded." + quote(f.name()))
                .collect(Collectors.joining(", "));
        this.upsert = "insert into " + name + " (_key, " + columns + ") values (?, " + marks
                + ") on conflict (_key) do update set " + sets;
        this.delete = "delete from " + name + " where _key = ?";
    }

    String name() {
        return name;
    }

    /** Makes the table, or adds the columns that an older one lacks. */
    void create(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("create table if not exists " + name + " (_key text primary key)");
            for (Schema.Field field : fields) {
                sql.execute("alter table " + name + " add column if not exists " + quote(field.name()) + " "
                        + columnType(some(field.schema())));
            }
        }
    }

    /** Applies the last state of each key; a null value is a deletion. */
    void apply(Connection connection, Map<String, @Nullable GenericRecord> rows) throws SQLException {
        try (PreparedStatement upserts = connection.prepareStatement(upsert);
                PreparedStatement deletes = connection.prepareStatement(delete)) {
            for (Map.Entry<String, @Nullable GenericRecord> row : rows.entrySet()) {
                GenericRecord value = row.getValue();
                PreparedStatement statement = value == null ? deletes : upserts;
                statement.setString(1, row.getKey());
                if (value != null) {
                    bind(connection, statement, value);
                }
                statement.addBatch();
            }
            deletes.executeBatch();
            upserts.executeBatch();
        }
    }

    private void bind(Connection connection, PreparedStatement statement, GenericRecord value) throws SQLException {
        for (int i = 0; i < fields.size(); i++) {
            Schema type = some(fields.get(i).schema());
            Object item = value.get(fields.get(i).pos());
            if (item == null) {
                statement.setNull(i + 2, Types.NULL);
            } else if (item instanceof Collection<?> list) {
                statement.setArray(i + 2, connection.createArrayOf("text", list.toArray()));
            } else {
                statement.setObject(i + 2, jdbc(type.getLogicalType(), item));
            }
        }
    }

    private static Object jdbc(@Nullable LogicalType logical, Object item) {
        if (logical instanceof LogicalTypes.Date) {
            return Date.valueOf(LocalDate.ofEpochDay((Integer) item));
        }
        if (logical instanceof LogicalTypes.LocalTimestampMicros) {
            return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus((Long) item, ChronoUnit.MICROS);
        }
        return item instanceof BigDecimal || item instanceof Number || item instanceof Boolean ? item : item.toString();
    }

    private static String columnType(Schema type) {
        LogicalType logical = type.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "numeric(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        if (logical instanceof LogicalTypes.Date) {
            return "date";
        }
        if (logical instanceof LogicalTypes.LocalTimestampMicros) {
            return "timestamp";
        }
        if (type.getType() == Schema.Type.INT) {
            return "integer";
        }
        if (type.getType() == Schema.Type.LONG) {
            return "bigint";
        }
        if (type.getType() == Schema.Type.BOOLEAN) {
            return "boolean";
        }
        return type.getType() == Schema.Type.ARRAY ? "text[]" : "text";
    }

    /** The type beside null. */
    private static Schema some(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(s -> s.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
