package io.tongdao.ops.bench;

import io.tongdao.collect.SourceState;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Source;
import io.tongdao.ops.provision.CollectDesk;
import io.tongdao.ops.provision.CollectDesk.Placed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Kills the collecting process (kill -9) at seeded moments of a snapshot, of streaming, and of an incremental snapshot, while its table
 * changes, and starts it again: the src topic's compacted state must equal the table row by row, every duplicate must be recognisable by
 * its position, and a reading that was ordered must end.
 */
public final class CollectFaults {
    private static final int ROWS = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private final BenchServers servers;
    private final SplittableRandom random;
    private final PrintWriter out;
    private int next = 10_000_000;

    /** When the process is killed. */
    public enum Moment {
        SNAPSHOT,
        STREAMING,
        /** The table is being read again, chunk by chunk, while its changes flow. */
        INCREMENTAL
    }

    /**
     * What one kill led to.
     *
     * @param records of the topic when the process was killed
     * @param wrong empty if the topic is the table
     */
    public record Outcome(int run, Moment moment, long records, long duplicates, Duration took, List<String> wrong) {}

    private CollectFaults(BenchServers servers, long seed, PrintWriter out) {
        this.servers = servers;
        this.random = new SplittableRandom(seed);
        this.out = out;
    }

    /** @param work an empty directory for servers and logs */
    public static List<Outcome> run(Path work, int kills, long seed, PrintWriter out)
            throws IOException, InterruptedException, SQLException {
        try (BenchServers servers = new BenchServers(work)) {
            return new CollectFaults(servers, seed, out).run(kills);
        }
    }

    private List<Outcome> run(int kills) throws IOException, InterruptedException, SQLException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int run = 1; run <= kills; run++) {
            Moment moment = Moment.values()[run % Moment.values().length];
            Outcome outcome = killed(run, moment);
            out.printf(
                    Locale.ROOT,
                    "kill %2d in %-11s after %,7d records: %s, %,d duplicates, %.1f s%n",
                    run,
                    moment.name().toLowerCase(Locale.ROOT),
                    outcome.records(),
                    outcome.wrong().isEmpty() ? "topic is the table" : "WRONG: " + outcome.wrong(),
                    outcome.duplicates(),
                    outcome.took().toMillis() / 1000.0);
            out.flush();
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private Outcome killed(int run, Moment moment) throws IOException, InterruptedException, SQLException {
        long begin = System.nanoTime();
        String name = "kill" + run;
        Source source = servers.source(Source.Engine.POSTGRESQL, name, name);
        DatasetPlan dataset =
                BenchTable.plan(source).datasets().values().iterator().next();
        servers.provision(BenchTable.plan(source));
        CollectDesk desk = new CollectDesk(servers.admin(), BenchTable.plan(source), InstantSource.system());
        try (Connection database = servers.connect(source);
                CollectedTopic topic = new CollectedTopic(servers.admin(), servers.registry(), dataset.topic())) {
            BenchTable.create(database);
            BenchTable.fill(database, 0, ROWS);
            FirstLife first = firstLife(source, dataset, moment, database, desk);
            change(database, 5);
            List<String> wrong = secondLife(source, database, topic);
            if (first.order() instanceof Placed order && !desk.awaitWhole(order, LIMIT)) {
                wrong.add("the reading that was ordered did not end");
            }
            servers.dropSlot(database, source);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            return new Outcome(run, moment, first.records(), topic.duplicates(), took, wrong);
        }
    }

    /**
     * Ends with the kill.
     *
     * @param records of the topic then
     * @param order to read the table again
     */
    private record FirstLife(long records, @Nullable Placed order) {}

    private FirstLife firstLife(
            Source source, DatasetPlan dataset, Moment moment, Connection database, CollectDesk desk)
            throws IOException, InterruptedException, SQLException {
        Placed order = null;
        try (CollectChild child = start(source);
                TopicEnds ends = new TopicEnds(servers.admin(), dataset.topic().name())) {
            switch (moment) {
                case SNAPSHOT -> ends.await(random.nextInt(1, ROWS), child::alive);
                case STREAMING -> {
                    ends.await(ROWS + BenchTable.PARTITIONS, child::alive);
                    change(database, random.nextInt(2, 30));
                    Thread.sleep(random.nextInt(300));
                }
                case INCREMENTAL -> {
                    ends.await(ROWS + BenchTable.PARTITIONS, child::alive);
                    order = desk.resnapshot(dataset.id(), "bench");
                    reread(ends, child, database, desk, dataset.id());
                }
            }
            child.kill();
            return new FirstLife(ends.count(), order);
        }
    }

    /** Changes the table until so many records more are there; most of them were read, some are changes. */
    private void reread(TopicEnds ends, CollectChild child, Connection database, CollectDesk desk, String dataset)
            throws IOException, InterruptedException, SQLException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (desk.states().get(dataset) instanceof SourceState state
                && state.state() != SourceState.State.REREADING
                && System.nanoTime() < limit) {
            Thread.sleep(20);
        }
        long until = ends.count() + random.nextInt(1, ROWS);
        while (ends.count() < until && child.alive() && System.nanoTime() < limit) {
            change(database, 1);
        }
    }

    private List<String> secondLife(Source source, Connection database, CollectedTopic topic)
            throws IOException, InterruptedException, SQLException {
        try (CollectChild child = start(source)) {
            change(database, 5);
            long limit = System.nanoTime() + LIMIT.toNanos();
            List<String> wrong = differences(database, topic);
            while (!wrong.isEmpty() && System.nanoTime() < limit && child.alive()) {
                Thread.sleep(200);
                wrong = differences(database, topic);
            }
            if (!child.alive()) {
                wrong.add("the collecting process ended; see " + servers.work().resolve("logs"));
            }
            return wrong;
        }
    }

    private static List<String> differences(Connection database, CollectedTopic topic) throws SQLException {
        Map<String, String> table = BenchTable.rows(database);
        List<String> wrong =
                new ArrayList<>(RowDifferences.between(table, topic.read()).lines());
        RowDifferences.between(table, topic.byPosition()).lines().forEach(line -> wrong.add("by position: " + line));
        if (topic.unrecognisable() > 0) {
            wrong.add(topic.unrecognisable() + " records out of order or ambiguous by position");
        }
        return wrong;
    }

    private CollectChild start(Source source) throws IOException {
        return CollectChild.start(
                CollectOrder.of(source, servers, false),
                servers.work().resolve("logs").resolve(source.name() + ".log"));
    }

    /** Transactions of what is hard to follow: one row many times, identifiers that move, blocks of one log position. */
    private void change(Connection database, int transactions) throws SQLException, IOException, InterruptedException {
        database.setAutoCommit(false);
        try (Statement statement = database.createStatement()) {
            for (int i = 0; i < transactions; i++) {
                int pk = random.nextInt(ROWS);
                statement.execute("DELETE FROM person WHERE pk = " + pk);
                BenchTable.fill(database, pk, pk + 1);
                statement.execute("UPDATE person SET household = 'h" + random.nextInt() + "' WHERE pk % 100 = "
                        + random.nextInt(100));
                database.commit();
                BenchTable.fill(database, next, next + 300);
                statement.execute(
                        "UPDATE person SET cid = '" + BenchTable.citizen(next + 1000) + "' WHERE pk = " + next);
                statement.execute("UPDATE person SET pk = pk + 2000 WHERE pk = " + (next + 1));
                statement.execute("DELETE FROM person WHERE pk BETWEEN " + (next + 10) + " AND " + (next + 60));
                database.commit();
                next += 10_000;
                Thread.sleep(random.nextInt(40));
            }
        } finally {
            database.setAutoCommit(true);
        }
    }
}
