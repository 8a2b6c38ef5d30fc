package io.tongdao.ops.province;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * The agencies' own databases, made and filled: ga, mz and hrss in PostgreSQL, scjg in MariaDB, and the empty database of one county.
 * What is there already is left alone, so that a second run resumes without loading.
 */
public final class ProvinceDatabases {
    /** The publication in each PostgreSQL database: its one table. */
    public static final String PUBLICATION = "tongdao";

    /** The county whose database receives a return. */
    public static final String COUNTY_DATABASE = "wuhua";

    private final Server postgres;
    private final Server mariadb;

    /**
     * A database server and who may create databases on it.
     *
     * @param url database name → JDBC URL
     */
    public record Server(UnaryOperator<String> url, Login admin) {}

    /** A user with a password, which never shows in text. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** Hears how far a load is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called now and then, on the thread that loads.
         *
         * @param rows of this table so far
         */
        void loaded(AgencyTable table, long rows);
    }

    public ProvinceDatabases(Server postgres, Server mariadb) {
        this.postgres = postgres;
        this.mariadb = mariadb;
    }

    /**
     * Makes databases, tables and logins, and loads what isn't loaded.
     *
     * @param capture the login that captures changes, for each of the four databases
     * @param county the login that owns the county's database
     * @return whether anything was loaded; false: the province was there
     * @throws OtherProvinceException if a database holds another province; nothing is changed then
     */
    public boolean prepare(Generator generator, Map<String, Login> capture, Login county, Progress progress)
            throws SQLException {
        createDatabases(county);
        boolean fresh = false;
        for (AgencyTable table : AgencyTable.values()) {
            fresh |= !marked(table, generator);
        }
        for (AgencyTable table : AgencyTable.values()) {
            Login login = capture.get(table.database());
            if (login == null) {
                throw new IllegalArgumentException("no capture login for database " + table.database());
            }
            if (!marked(table, generator)) {
                BulkLoad.of(table).load(generator, this, progress);
            }
            Access.allowCapture(this, table, login);
        }
        return fresh;
    }

    /** A connection as the agency's administrator. */
    public Connection open(AgencyTable table) throws SQLException {
        return open(table.mariadb() ? mariadb : postgres, table.database());
    }

    private static Connection open(Server server, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", server.admin().user());
        properties.setProperty("password", server.admin().password());
        return DriverManager.getConnection(server.url().apply(database), properties);
    }

    private void createDatabases(Login county) throws SQLException {
        try (Connection connection = open(postgres, "postgres")) {
            Access.role(connection, county, "");
            for (AgencyTable table : AgencyTable.values()) {
                if (!table.mariadb()) {
                    createPostgres(
                            connection, table.database(), postgres.admin().user());
                }
            }
            createPostgres(connection, COUNTY_DATABASE, county.user());
        }
        try (Connection connection = open(mariadb, "mysql");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS " + AgencyTable.ENTERPRISE.database()
                    + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        }
    }

    private static void createPostgres(Connection connection, String database, String owner) throws SQLException {
        try (PreparedStatement known = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement statement = connection.createStatement()) {
            known.setString(1, database);
            try (ResultSet rows = known.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + database + " OWNER \"" + owner
                    + "\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            statement.execute("REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC");
        }
    }

    private boolean marked(AgencyTable table, Generator generator) throws SQLException {
        try (Connection connection = open(table)) {
            if (!Marker.exists(connection)) {
                return false;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT seed, people FROM " + Marker.TABLE)) {
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
