package io.tongdao.ops.bench;

import io.tongdao.contract.plan.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** pgbench's tables and its default transaction over JDBC, for MariaDB and for machines without pgbench. */
final class TpcbLoad implements OutsideLoad {
    private static final int CLIENTS = 4;
    private static final int ACCOUNTS = 100_000;
    private static final int BATCH = 1000;
    private final BenchServers servers;
    private final Source source;
    private final long seed;
    private int scale = 1;

    TpcbLoad(BenchServers servers, Source source, long seed) {
        this.servers = servers;
        this.source = source;
        this.seed = seed;
    }

    @Override
    public void create(Connection database, int scale) throws SQLException {
        this.scale = scale;
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88))");
            statement.execute(
                    "CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84))");
            statement.execute(
                    "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))");
            statement.execute(
                    "CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler"
                            + " char(22))");
            if (source.engine() == Source.Engine.POSTGRESQL) {
                statement.execute("ALTER TABLE pgbench_accounts REPLICA IDENTITY FULL");
            }
        }
        fill(database, "INSERT INTO pgbench_branches VALUES (?, ?, 0, '')", scale, scale, false);
        fill(database, "INSERT INTO pgbench_tellers VALUES (?, ?, 0, '')", 10 * scale, 10, true);
        fill(database, "INSERT INTO pgbench_accounts VALUES (?, ?, 0, '')", ACCOUNTS * scale, ACCOUNTS, true);
    }

    private static void fill(Connection database, String sql, int rows, int each, boolean branched)
            throws SQLException {
        String insert = branched ? sql : sql.replace("?, ?, 0", "?, 0");
        database.setAutoCommit(false);
        try (PreparedStatement statement = database.prepareStatement(insert)) {
            for (int i = 1; i <= rows; i++) {
                statement.setInt(1, i);
                if (branched) {
                    statement.setInt(2, (i - 1) / each + 1);
                }
                statement.addBatch();
                if (i % BATCH == 0 || i == rows) {
                    statement.executeBatch();
                }
            }
            database.commit();
        } finally {
            database.setAutoCommit(true);
        }
    }

    @Override
    public long run(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<Callable<Long>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            SplittableRandom random = new SplittableRandom(seed + client);
            clients.add(() -> client(random, end));
        }
        long transactions = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Long> done : threads.invokeAll(clients)) {
                transactions += done.get();
            }
        } catch (ExecutionException e) {
            throw new BenchFailed("a client of the load failed", e);
        }
        return transactions;
    }

    private long client(SplittableRandom random, long end) throws SQLException {
        long transactions = 0;
        try (Connection database = servers.connect(source);
                PreparedStatement account = update(database, "accounts SET abalance = abalance + ? WHERE aid = ?");
                PreparedStatement teller = update(database, "tellers SET tbalance = tbalance + ? WHERE tid = ?");
                PreparedStatement branch = update(database, "branches SET bbalance = bbalance + ? WHERE bid = ?");
                PreparedStatement history = database.prepareStatement(
                        "INSERT INTO pgbench_history (delta, aid, tid, bid, mtime) VALUES (?, ?, 1, 1,"
                                + " CURRENT_TIMESTAMP)")) {
            database.setAutoCommit(false);
            while (System.nanoTime() < end) {
                int delta = random.nextInt(-5000, 5001);
                int aid = random.nextInt(1, ACCOUNTS * scale + 1);
                execute(account, delta, aid);
                execute(teller, delta, random.nextInt(1, 10 * scale + 1));
                execute(branch, delta, random.nextInt(1, scale + 1));
                execute(history, delta, aid);
                database.commit();
                transactions++;
            }
        }
        return transactions;
    }

    private static PreparedStatement update(Connection database, String what) throws SQLException {
        return database.prepareStatement("UPDATE pgbench_" + what);
    }

    private static void execute(PreparedStatement statement, int first, int second) throws SQLException {
        statement.setInt(1, first);
        statement.setInt(2, second);
        statement.executeUpdate();
    }

    @Override
    public String name() {
        return "TPC-B-like load of our own";
    }
}
