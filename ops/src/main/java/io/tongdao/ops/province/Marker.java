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

    /** Leaves nothing of an earlier, unfinished load. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + TABLE);
            statement.execute("DROP TABLE IF EXISTS " + SCRIPT);
            statement.execute("CREATE TABLE " + TABLE
                    + " (seed bigint PRIMARY KEY, people bigint, loaded_at timestamp DEFAULT CURRENT_TIMESTAMP)");
            statement.execute("CREATE TABLE " + SCRIPT + " (id int PRIMARY KEY, step int NOT NULL)");
            statement.execute("INSERT INTO " + SCRIPT + " VALUES (1, 0)");
        }
    }

    static void mark(Connection connection, Generator generator) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + TABLE + " (seed, people) VALUES (?, ?)")) {
            insert.setLong(1, generator.seed());
            insert.setLong(2, generator.people());
            insert.executeUpdate();
        }
    }
}
