package io.tongdao.ops.province;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The two small tables that tell, in each agency's database, which province it holds and how far its life has gone. */
final class Marker {
    static final String TABLE = "tongdao_province";
    static final String SCRIPT = "tongdao_script";

    private Marker() {}

    static boolean exists(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(connection.getCatalog(), null, TABLE, null)) {
            return tables.next();
        }
    }

    /** Made by the first load of a database; an unfinished load has marked nothing in it. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + TABLE
                    + " (loaded varchar(50) PRIMARY KEY, seed bigint, people bigint, loaded_at timestamp"
                    + " DEFAULT CURRENT_TIMESTAMP)");
            statement.execute("CREATE TABLE IF NOT EXISTS " + SCRIPT + " (id int PRIMARY KEY, step int NOT NULL)");
            statement.execute("INSERT INTO " + SCRIPT + " SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM " + SCRIPT + ")");
        }
    }

    static void mark(Connection connection, AgencyTable table, Generator generator) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + TABLE + " (loaded, seed, people) VALUES (?, ?, ?)")) {
            insert.setString(1, table.table());
            insert.setLong(2, generator.seed());
            insert.setLong(3, generator.people());
            insert.executeUpdate();
        }
    }

    /** Whether a table is loaded with this province. */
    static boolean loaded(Connection connection, AgencyTable table, Generator generator) throws SQLException {
        if (!exists(connection)) {
            return false;
        }
        try (PreparedStatement find =
                connection.prepareStatement("SELECT seed, people FROM " + TABLE + " WHERE loaded = ?")) {
            find.setString(1, table.table());
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                if (row.getLong(1) != generator.seed() || row.getLong(2) != generator.people()) {
                    throw new OtherProvinceException(row.getLong(1), row.getLong(2));
                }
                return true;
            }
        }
    }
}
