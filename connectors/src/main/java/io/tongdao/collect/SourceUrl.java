package io.tongdao.collect;

import io.tongdao.contract.plan.Source;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** Where a source is, for JDBC. A SQL Server's certificate is verified unless it is on the loopback. */
final class SourceUrl {
    private SourceUrl() {}

    static String of(Source.Engine engine, String host, int port, String database) {
        return switch (engine) {
            case POSTGRESQL -> "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
            case MARIADB -> "jdbc:mariadb://%s:%d/%s".formatted(host, port, database);
            case MYSQL -> "jdbc:mysql://%s:%d/%s".formatted(host, port, database);
            case SQLSERVER ->
                "jdbc:sqlserver://%s:%d;databaseName={%s};encrypt=true;trustServerCertificate=%b"
                        .formatted(host, port, database.replace("}", "}}"), loopback(host));
            case ORACLE -> throw SourceCheck.unavailable(engine);
        };
    }

    /** @param properties Debezium's {@code database.*} */
    static String of(Source.Engine engine, Map<String, String> properties) {
        return of(
                engine,
                properties.getOrDefault("database.hostname", ""),
                Integer.parseInt(properties.getOrDefault("database.port", "0")),
                properties.getOrDefault(ConnectorSettings.database(engine), ""));
    }

    /** Whether traffic to the host stays on this machine. */
    static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
