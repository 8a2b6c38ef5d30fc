package io.tongdao.ops.province;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Logins with no more rights than they need: the capture of changes reads its agency's tables and the log. */
final class Access {
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1");

    private Access() {}

    /** @param tables of one database */
    static void allowCapture(ProvinceDatabases databases, List<AgencyTable> tables, ProvinceDatabases.Login login)
            throws SQLException {
        AgencyTable any = tables.getFirst();
        try (Connection connection = databases.open(any)) {
            if (any.mariadb()) {
                mariadb(connection, tables, login);
            } else {
                role(connection, login, " REPLICATION");
                postgres(connection, tables, login);
            }
        }
    }

    /** Makes the role or gives it the password that holds now. */
    static void role(Connection connection, ProvinceDatabases.Login login, String attributes) throws SQLException {
        boolean known = !ask(connection, "SELECT rolname FROM pg_roles WHERE rolname = ?", login.user())
                .isEmpty();
        String form = (known ? "ALTER" : "CREATE") + " ROLE %I LOGIN" + attributes + " PASSWORD %L";
        execute(connection, ask(connection, "SELECT format(?, ?, ?)", form, login.user(), login.password()));
    }

    private static void postgres(Connection connection, List<AgencyTable> tables, ProvinceDatabases.Login login)
            throws SQLException {
        String all = tables.stream().map(table -> "public." + table.table()).collect(Collectors.joining(", "));
        grant(connection, "GRANT CONNECT ON DATABASE " + tables.getFirst().database() + " TO %I", login);
        grant(connection, "GRANT USAGE ON SCHEMA public TO %I", login);
        grant(connection, "GRANT SELECT ON " + all + " TO %I", login);
        String publication = ProvinceDatabases.PUBLICATION;
        boolean known = !ask(connection, "SELECT pubname FROM pg_publication WHERE pubname = ?", publication)
                .isEmpty();
        execute(
                connection,
                (known
                                ? "ALTER PUBLICATION " + publication + " SET TABLE "
                                : "CREATE PUBLICATION " + publication + " FOR TABLE ")
                        + all);
    }

    private static void grant(Connection connection, String form, ProvinceDatabases.Login login) throws SQLException {
        execute(connection, ask(connection, "SELECT format(?, ?)", form, login.user()));
    }

    /** Not in the binary log: logins are no change of the agency's data. */
    private static void mariadb(Connection connection, List<AgencyTable> tables, ProvinceDatabases.Login login)
            throws SQLException {
        execute(connection, "SET sql_log_bin = 0");
        for (String host : HOSTS) {
            String account = account(connection, login, host);
            execute(connection, "GRANT RELOAD, SHOW DATABASES, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO " + account);
            for (AgencyTable table : tables) {
                execute(connection, "GRANT LOCK TABLES ON " + table.database() + ".* TO " + account);
                execute(connection, "GRANT SELECT ON " + table.database() + "." + table.table() + " TO " + account);
            }
        }
    }

    /** Makes the login and lets it do what it likes within one database, which it makes itself. Not in the binary log. */
    static void owner(Connection connection, String database, ProvinceDatabases.Login login) throws SQLException {
        execute(connection, "SET sql_log_bin = 0");
        for (String host : HOSTS) {
            String account = account(connection, login, host);
            execute(
                    connection,
                    "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, CREATE VIEW, SHOW VIEW ON `"
                            + database + "`.* TO " + account);
        }
        execute(connection, "SET sql_log_bin = 1");
    }

    private static String account(Connection connection, ProvinceDatabases.Login login, String host)
            throws SQLException {
        String account = "'" + login.user().replace("'", "''") + "'@'" + host + "'";
        execute(connection, "CREATE USER IF NOT EXISTS " + account);
        execute(
                connection,
                "ALTER USER " + account + " IDENTIFIED BY '" + login.password().replace("'", "''") + "'");
        return account;
    }

    private static String ask(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
