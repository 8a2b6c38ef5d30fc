package io.tongdao.ops.province;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The agencies' own databases, made and filled: a database for each agency, in PostgreSQL or MariaDB as its tables say, and the empty
 * databases of counties. What is there already is left alone, so that a second run resumes without loading.
 */
public final class ProvinceDatabases {
    /** The publication in each PostgreSQL database: all of its agency's tables. */
    public static final String PUBLICATION = "tongdao";

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

    /**
     * A lower level's own database, empty at first; its login owns it and nothing else.
     *
     * @param mariadb whether it is in MariaDB, where a delivery makes it
     */
    public record County(String database, boolean mariadb, Login login) {}

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
     * @param capture the login that captures changes, for each agency's database
     * @param counties the databases that returns go into
     * @return whether anything was loaded; false: the province was there
     * @throws OtherProvinceException if a database holds another province; nothing is changed then
     */
    public boolean prepare(Generator generator, Map<String, Login> capture, List<County> counties, Progress progress)
            throws SQLException {
        Map<String, List<AgencyTable>> byDatabase = generator.tables().stream()
                .collect(Collectors.groupingBy(AgencyTable::database, LinkedHashMap::new, Collectors.toList()));
        createDatabases(byDatabase, counties);
        Set<AgencyTable> missing = EnumSet.noneOf(AgencyTable.class);
        for (AgencyTable table : generator.tables()) {
            if (!loaded(table, generator)) {
                missing.add(table);
            }
        }
        for (AgencyTable table : missing) {
            BulkLoad.of(table).load(generator, this, progress);
        }
        for (Map.Entry<String, List<AgencyTable>> agency : byDatabase.entrySet()) {
            Login login = capture.get(agency.getKey());
            if (login == null) {
                throw new IllegalArgumentException("no capture login for database " + agency.getKey());
            }
            Access.allowCapture(this, agency.getValue(), login);
        }
        return !missing.isEmpty();
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

    private void createDatabases(Map<String, List<AgencyTable>> byDatabase, List<County> counties) throws SQLException {
        try (Connection connection = open(postgres, "postgres");
                Connection other = open(mariadb, "mysql");
                Statement statement = other.createStatement()) {
            for (Map.Entry<String, List<AgencyTable>> agency : byDatabase.entrySet()) {
                if (agency.getValue().getFirst().mariadb()) {
                    statement.execute("CREATE DATABASE IF NOT EXISTS " + agency.getKey()
                            + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
                } else {
                    createPostgres(connection, agency.getKey(), postgres.admin().user());
                }
            }
            for (County county : counties) {
                if (county.mariadb()) {
                    Access.owner(other, county.database(), county.login());
                } else {
                    Access.role(connection, county.login(), "");
                    createPostgres(connection, county.database(), county.login().user());
                }
            }
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

    private boolean loaded(AgencyTable table, Generator generator) throws SQLException {
        try (Connection connection = open(table)) {
            return Marker.loaded(connection, table, generator);
        }
    }
}
