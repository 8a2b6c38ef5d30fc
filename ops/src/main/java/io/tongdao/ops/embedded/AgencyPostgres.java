package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server for the databases of agencies and counties: on the loopback, password by SCRAM, logical WAL, durable commits.
 * Its log never quotes a statement or a row. Data and port survive a restart; a server that a killed run left is stopped first.
 */
public final class AgencyPostgres implements AutoCloseable {
    private static final String NAME = "postgres";
    private static final String USER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final int port;
    private final Secret password;
    private final ChildProcess server;

    private AgencyPostgres(int port, Secret password, ChildProcess server) {
        this.port = port;
        this.password = password;
        this.server = server;
    }

    public static AgencyPostgres start(Path dataDir) throws InterruptedException {
        return start(DataDirectory.open(dataDir));
    }

    /** Returns when the server accepts connections. */
    public static AgencyPostgres start(DataDirectory data) throws InterruptedException {
        try {
            ChildProcesses.stopLeftover(data, NAME);
            Secret password = Secrets.remembered(data, "postgres-superuser");
            Path bin = PostgresBinaries.bin();
            Path cluster = data.postgres().resolve("cluster");
            StagedDirectory.make(cluster, draft -> initialise(data, bin, draft));
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
            int port = Ports.remembered(data, NAME);
            ChildProcess server = ChildProcess.start(data, command(bin, cluster, port));
            AgencyPostgres postgres = new AgencyPostgres(port, password, server);
            server.awaitReady(postgres::answers, START_LIMIT);
            return postgres;
        } catch (IOException e) {
            throw new StartFailedException("PostgreSQL did not start: " + e, e);
        }
    }

    private static void initialise(DataDirectory data, Path bin, Path draft) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(notAsRoot());
        words.addAll(List.of(bin.resolve("initdb").toString(), "-D", draft.toString(), "-U", USER));
        words.addAll(List.of(
                "-A",
                "scram-sha-256",
                "--pwfile",
                data.secrets().resolve("postgres-superuser").toString()));
        // The same order and case rules on every machine
        words.addAll(List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        Tool.run("initdb", words, none -> {}, data.logs().resolve(NAME + ".log"));
    }

    private static ChildProcess.Command command(Path bin, Path cluster, int port) {
        List<String> words = new ArrayList<>(notAsRoot());
        words.addAll(
                List.of(bin.resolve("postgres").toString(), "-D", cluster.toString(), "-p", Integer.toString(port)));
        settings().forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return new ChildProcess.Command(NAME, words, Map.of(), cluster.toString(), StopSignal.INT, StopSignal.QUIT);
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it sees itself as nobody and the files as its own. */
    private static List<String> notAsRoot() {
        return Account.isRoot() ? List.of("unshare", "-U") : List.of();
    }

    private static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("wal_level", "logical"),
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("max_wal_senders", "20"),
                Map.entry("max_replication_slots", "20"),
                Map.entry("shared_buffers", "48MB"),
                Map.entry("max_wal_size", "512MB"),
                Map.entry("max_connections", "100"),
                Map.entry("max_parallel_workers_per_gather", "0"),
                Map.entry("io_method", "sync"),
                Map.entry("jit", "off"),
                // Passwords are long and random: there is nothing to stretch
                Map.entry("scram_iterations", "64"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_error_verbosity", "terse"),
                Map.entry("log_min_error_statement", "panic"),
                Map.entry("log_min_messages", "fatal"));
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Makes {@code database} unless it is there. */
    public void createDatabase(String database) throws SQLException {
        try (Connection connection = connect("postgres");
                var there = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement make = connection.createStatement()) {
            there.setString(1, database);
            if (!there.executeQuery().next()) {
                make.execute("CREATE DATABASE " + make.enquoteIdentifier(database, true));
            }
        }
    }

    /** A connection of the super user. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), USER, password.reveal());
    }

    /** Without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public Secret password() {
        return password;
    }

    /** Of the postmaster. */
    public long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
