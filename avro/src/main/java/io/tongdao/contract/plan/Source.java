package io.tongdao.contract.plan;

/**
 * A connection to an agency's database; secrets by reference.
 *
 * @param passwordRef {@code env:NAME} or {@code file:PATH}; never the password
 */
public record Source(
        String name,
        String agency,
        Engine engine,
        String host,
        int port,
        String database,
        String user,
        String passwordRef) {
    public enum Engine {
        POSTGRESQL,
        MARIADB
    }
}
