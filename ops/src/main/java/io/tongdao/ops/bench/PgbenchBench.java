package io.tongdao.ops.bench;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.ops.exchange.PlanSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * An outside load on its own tables, known to the exchange by a few YAML files alone ({@code ops/catalogue-pgbench}): while it runs the
 * collecting process is killed at seeded moments; after it the src topic's compacted state must be {@code pgbench_accounts}, row by row.
 */
public final class PgbenchBench {
    private static final Duration CATCH_UP = Duration.ofMinutes(5);
    private static final String KEY = "other:pgbench_account:";
    private final BenchServers servers;
    private final Path catalogue;
    private final Load load;
    private final PrintWriter out;

    /** @param scale 100,000 accounts each */
    public record Load(Duration time, int scale, int kills, long seed) {}

    private PgbenchBench(BenchServers servers, Path catalogue, Load load, PrintWriter out) {
        this.servers = servers;
        this.catalogue = catalogue;
        this.load = load;
        this.out = out;
    }

    /**
     * Runs it on each engine in turn; whether all topics were their tables.
     *
     * @param work an empty directory
     * @param home with {@code ops/catalogue} and {@code ops/catalogue-pgbench}
     */
    public static boolean run(Path work, Path home, List<Source.Engine> engines, Load load, PrintWriter out)
            throws IOException, InterruptedException, SQLException {
        Path catalogue = work.resolve("catalogue");
        copy(home.resolve("ops/catalogue"), catalogue);
        copy(home.resolve("ops/catalogue-pgbench"), catalogue);
        boolean right = true;
        try (BenchServers servers = new BenchServers(work.resolve("data"))) {
            for (Source.Engine engine : engines) {
                right &= new PgbenchBench(servers, catalogue, load, out).run(engine);
            }
        }
        return right;
    }

    private boolean run(Source.Engine engine) throws IOException, InterruptedException, SQLException {
        Plan plan = PlanSource.compile(catalogue, servers.variables());
        Source source = Objects.requireNonNull(
                plan.sources().get(engine == Source.Engine.POSTGRESQL ? "bench-pg" : "bench-maria"));
        DatasetPlan dataset = plan.datasets().values().stream()
                .filter(d -> d.connection().equals(source.name()))
                .findFirst()
                .orElseThrow();
        servers.createDatabase(engine, source.database());
        servers.provision(plan);
        OutsideLoad outside = engine == Source.Engine.POSTGRESQL && PgbenchTool.installed()
                ? new PgbenchTool(source, servers.password(engine))
                : new TpcbLoad(servers, source, load.seed());
        try (Connection database = servers.connect(source);
                CollectedTopic topic = new CollectedTopic(servers.admin(), servers.registry(), dataset.topic())) {
            outside.create(database, load.scale());
            long transactions = underLoad(source, dataset, outside);
            List<String> wrong = settled(source, database, topic);
            out.printf(
                    Locale.ROOT,
                    "%-10s %s: %,d transactions in %d s, %d kills: %s (%,d accounts, %,d records, %,d duplicates)%n",
                    engine.name().toLowerCase(Locale.ROOT),
                    outside.name(),
                    transactions,
                    load.time().toSeconds(),
                    load.kills(),
                    wrong.isEmpty() ? "topic is the table" : "WRONG: " + wrong,
                    topic.read().size(),
                    topic.records(),
                    topic.duplicates());
            out.flush();
            return wrong.isEmpty();
        }
    }

    private long underLoad(Source source, DatasetPlan dataset, OutsideLoad outside)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(load.seed());
        CollectChild child = start(source);
        try (ExecutorService beside = Executors.newSingleThreadExecutor();
                TopicEnds ends = new TopicEnds(servers.admin(), dataset.topic().name())) {
            ends.await(load.scale() * 100_000L, child::alive);
            Future<Long> running = beside.submit(() -> outside.run(load.time()));
            long slice = load.time().toMillis() / (load.kills() + 1);
            for (int kill = 0; kill < load.kills(); kill++) {
                Thread.sleep(slice / 2 + random.nextLong(slice));
                child.kill();
                child = start(source);
            }
            return running.get();
        } catch (ExecutionException e) {
            throw new BenchFailed("the load failed", e);
        } finally {
            child.close();
        }
    }

    private List<String> settled(Source source, Connection database, CollectedTopic topic)
            throws IOException, InterruptedException, SQLException {
        Map<String, String> rows = rows(database);
        try (CollectChild child = start(source)) {
            long limit = System.nanoTime() + CATCH_UP.toNanos();
            List<String> wrong = RowDifferences.between(rows, topic.read()).lines();
            while (!wrong.isEmpty() && System.nanoTime() < limit && child.alive()) {
                Thread.sleep(500);
                wrong = RowDifferences.between(rows, topic.read()).lines();
            }
            return topic.unrecognisable() == 0
                    ? wrong
                    : List.of(topic.unrecognisable() + " records out of order or ambiguous by position");
        }
    }

    private CollectChild start(Source source) throws IOException {
        return CollectChild.start(
                CollectOrder.of(source, servers, catalogue),
                servers.work().resolve("logs").resolve(source.name() + ".log"));
    }

    private static Map<String, String> rows(Connection database) throws SQLException {
        Map<String, String> rows = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("SELECT aid, bid, abalance, filler FROM pgbench_accounts")) {
            while (found.next()) {
                String filler = found.getString(4);
                rows.put(
                        KEY + found.getInt(1),
                        found.getInt(1) + "|" + found.getInt(2) + '|' + found.getInt(3) + '|'
                                + (filler == null ? "" : filler.stripTrailing()));
            }
        }
        return rows;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
