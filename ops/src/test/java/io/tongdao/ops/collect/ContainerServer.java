package io.tongdao.ops.collect;

import io.tongdao.contract.plan.Source;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A database server in a container; JUnit starts and stops it.
 *
 * @param url for JDBC, with {@code %d} for the port and {@code %s} for the database
 * @param preparing what makes a new database fit, besides being made
 */
record ContainerServer(
        Source.Engine engine, JdbcDatabaseContainer<?> container, int innerPort, String url, List<String> preparing)
        implements AgencyServer {
    /** The official image, unless the environment names another: {@code TONGDAO_IMAGE_POSTGRESQL} and so on. */
    static DockerImageName image(Source.Engine engine, String official) {
        String other = System.getenv("TONGDAO_IMAGE_" + engine.word().toUpperCase(Locale.ROOT));
        String name = official.substring(0, official.lastIndexOf(':'));
        return other == null
                ? DockerImageName.parse(official)
                : DockerImageName.parse(other).asCompatibleSubstituteFor(name);
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return container.getMappedPort(innerPort);
    }

    @Override
    public String user() {
        return container.getUsername();
    }

    @Override
    public String password() {
        return container.getPassword();
    }

    @Override
    public void createDatabase(String database) throws SQLException {
        execute(
                engine == Source.Engine.SQLSERVER ? "master" : container.getDatabaseName(),
                "CREATE DATABASE " + database);
        for (String sql : preparing) {
            execute(database, sql);
        }
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url.formatted(port(), database), user(), password());
    }
}
