package io.tongdao.ops.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
 * A MariaDB server for the databases of agencies: on the loopback, a binlog of full row images with strict GTIDs, durable commits,
 * utf8mb4. Data and port survive a restart; a server that a killed run left is stopped first.
 */
public final class AgencyMariaDb implements AutoCloseable {
    private static final String NAME = "mariadb";
    private static final String USER = "tongdao";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    /** Of MariaDB's own set-up, what a server needs: without help texts, sys schema and test database. */
    private static final List<String> SYSTEM_TABLES =
            List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql");

    private static final List<String> STORAGE = List.of(
            "--innodb-log-file-size=32M",
            "--innodb-buffer-pool-size=48M",
            "--innodb-log-buffer-size=4M",
            "--aria-pagecache-buffer-size=8M");
    private static final List<String> CAPTURE = List.of(
            "--server-id=1",
            "--log-bin=binlog",
            "--binlog-format=ROW",
            "--binlog-row-image=FULL",
            "--binlog-row-metadata=FULL",
            "--gtid-strict-mode=ON",
            "--sync-binlog=1",
            "--innodb-flush-log-at-trx-commit=1");
    private static final List<String> SERVING = List.of(
            "--bind-address=127.0.0.1",
            "--socket=mariadb.sock",
            "--skip-name-resolve",
            // Else it makes an RSA key at each start: seconds, for connections that never leave the machine
            "--skip-ssl",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_bin",
            "--default-time-zone=+00:00",
            "--max-allowed-packet=16M",
            "--max-connections=60",
            "--key-buffer-size=1M",
            "--log-warnings=1");

    private final int port;
    private final Secret password;
    private final ChildProcess server;

    private AgencyMariaDb(int port, Secret password, ChildProcess server) {
        this.port = port;
        this.password = password;
        this.server = server;
    }

    public static AgencyMariaDb start(Path dataDir) throws InterruptedException {
        return start(DataDirectory.open(dataDir));
    }

    /** Returns when the server accepts connections. */
    public static AgencyMariaDb start(DataDirectory data) throws InterruptedException {
        try {
            ChildProcesses.stopLeftover(data, NAME);
            Secret password = Secrets.remembered(data, "mariadb-superuser");
            Path home = Parts.of(NAME);
            Path tables = data.mariadb().resolve("data");
            StagedDirectory.make(tables, draft -> initialise(data, home, draft, password));
            int port = Ports.remembered(data, NAME);
            ChildProcess server = ChildProcess.start(data, command(home, tables, port));
            AgencyMariaDb mariaDb = new AgencyMariaDb(port, password, server);
            server.awaitReady(mariaDb::answers, START_LIMIT);
            return mariaDb;
        } catch (IOException e) {
            throw new StartFailedException("MariaDB did not start: " + e, e);
        }
    }

    private static void initialise(DataDirectory data, Path home, Path draft, Secret password)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(server(home, draft));
        words.addAll(List.of("--bootstrap", "--silent-startup", "--skip-log-bin", "--log-warnings=0"));
        words.add("--enforce-storage-engine=");
        Tool.run(
                "MariaDB's bootstrap",
                words,
                out -> writeSetUp(home, password, out),
                data.logs().resolve(NAME + ".log"));
    }

    /** One statement a line, as the bootstrap mode wants it. */
    private static void writeSetUp(Path home, Secret password, OutputStream out) throws IOException {
        line(out, "CREATE DATABASE mysql;");
        line(out, "USE mysql;");
        line(out, "SET @auth_root_socket=NULL;");
        for (String script : SYSTEM_TABLES) {
            Files.copy(home.resolve("share").resolve(script), out);
        }
        line(out, "DELETE FROM global_priv WHERE user IN ('', 'root');");
        line(out, "DELETE FROM proxies_priv;");
        line(out, "FLUSH PRIVILEGES;");
        String account = "'" + USER + "'@'127.0.0.1'";
        line(out, "CREATE USER " + account + " IDENTIFIED BY '" + password.reveal() + "';");
        line(out, "GRANT ALL ON *.* TO " + account + " WITH GRANT OPTION;");
    }

    private static void line(OutputStream out, String statement) throws IOException {
        out.write((statement + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ChildProcess.Command command(Path home, Path tables, int port) throws IOException {
        List<String> words = new ArrayList<>(server(home, tables));
        words.add("--port=" + port);
        words.addAll(SERVING);
        words.addAll(CAPTURE);
        return new ChildProcess.Command(NAME, words, Map.of(), tables.toString(), StopSignal.TERM, StopSignal.TERM);
    }

    private static List<String> server(Path home, Path tables) throws IOException {
        Path program = home.resolve("bin/mariadbd");
        if (!Files.isExecutable(program) && !program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
        List<String> words = new ArrayList<>(List.of(program.toString(), "--no-defaults"));
        words.addAll(List.of("--datadir=" + tables, "--basedir=" + home, "--lc-messages-dir=" + home.resolve("share")));
        // In a directory that servers share, one that starts removes the temporary tables of all others.
        words.add("--tmpdir=" + tables);
        words.addAll(STORAGE);
        if (Account.isRoot()) {
            words.add("--user=root");
        }
        return words;
    }

    private boolean answers() {
        try (Connection connection = connect("")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Makes {@code database} unless it is there. */
    public void createDatabase(String database) throws SQLException {
        try (Connection connection = connect("");
                Statement make = connection.createStatement()) {
            make.execute("CREATE DATABASE IF NOT EXISTS " + make.enquoteIdentifier(database, true));
        }
    }

    /** A connection of the super user; {@code database} may be empty. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), USER, password.reveal());
    }

    /** Without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://" + host() + ":" + port + "/" + database;
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

    public long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
