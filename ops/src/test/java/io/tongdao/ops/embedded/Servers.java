package io.tongdao.ops.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The three child servers of one data directory, started at the same time, with a row in each database. */
record Servers(AgencyPostgres postgres, AgencyMariaDb mariaDb, EmbeddedRegistry registry) implements AutoCloseable {
    static final String DATABASE = "agency-one";

    static Servers start(DataDirectory data) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AgencyPostgres> postgres = pool.submit(timed("postgres", () -> AgencyPostgres.start(data)));
            Future<AgencyMariaDb> mariaDb = pool.submit(timed("mariadb", () -> AgencyMariaDb.start(data)));
            Future<EmbeddedRegistry> registry = pool.submit(timed("registry", () -> EmbeddedRegistry.start(data)));
            return new Servers(postgres.get(), mariaDb.get(), registry.get());
        }
    }

    static <T> Callable<T> timed(String part, Callable<T> start) {
        return () -> {
            long before = System.nanoTime();
            T started = start.call();
            System.out.printf("%s up in %d ms%n", part, (System.nanoTime() - before) / 1_000_000);
            return started;
        };
    }

    void insertRows() throws SQLException {
        postgres.createDatabase(DATABASE);
        mariaDb.createDatabase(DATABASE);
        onBoth(statement -> {
            try {
                statement.execute("CREATE TABLE IF NOT EXISTS row_kept (word VARCHAR(20))");
                statement.execute("INSERT INTO row_kept VALUES ('通道')");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void onBoth(Consumer<Statement> work) throws SQLException {
        try (Connection first = postgres.connect(DATABASE);
                Connection second = mariaDb.connect(DATABASE);
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            work.accept(one);
            work.accept(two);
        }
    }

    static String ask(Connection connection, String query) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    @Override
    public void close() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.submit(postgres::close);
            pool.submit(mariaDb::close);
            pool.submit(registry::close);
        }
    }
}
