package io.tongdao.contract.plan;

import java.util.Locale;

/**
 * A lower level's own database, into which the returns to it are delivered (回流, art. 26); secrets by reference.
 *
 * @param agency the lower-level agency whose it is
 * @param database of PostgreSQL; MariaDB and MySQL know no level above a schema: empty
 * @param schema where the tables stand; in MariaDB and MySQL a database
 * @param passwordRef {@code env:NAME} or {@code file:PATH}; never the password
 */
public record Receiver(
        String name,
        String agency,
        Engine engine,
        String host,
        int port,
        String database,
        String schema,
        String user,
        String passwordRef) {

    /** What is delivered into; each has its own SQL. */
    public enum Engine {
        POSTGRESQL,
        MARIADB,
        MYSQL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it is, for messages: {@code mariadb 10.0.0.7:3306 tongdao}. */
    public String place() {
        String within = database.isEmpty() ? schema : database + "." + schema;
        return "%s %s:%d %s".formatted(engine.word(), host, port, within);
    }
}
