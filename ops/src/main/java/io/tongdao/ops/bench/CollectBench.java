package io.tongdao.ops.bench;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.admin.Admin;

/**
 * What collection costs: rows a second from PostgreSQL into keyed Avro topics, by snapshot and from the log, beside the floor (the same
 * Debezium engine with a trivial binary hand-off), in turn and in one run; then the memory of a large snapshot and the latency of an
 * idle source. The collecting process is a child with 384 MB of heap; database and broker share the machine with it.
 */
public final class CollectBench {
    private static final String DATABASE = "bench";
    private static final int UPDATES_AT_ONCE = 1000;
    private final BenchServers servers;
    private final PrintWriter out;
    private final Scale scale;
    private int connections;

    /**
     * How much is done.
     *
     * @param rows of the table, 12 columns each
     * @param changes updates that wait in the log for each streaming measurement
     * @param rounds each measures ours and the floor once
     * @param memoryRows of the table for the memory measurement; 0: none
     * @param commits of the latency measurement; 0: none
     */
    public record Scale(int rows, int changes, int rounds, int memoryRows, int commits) {}

    private CollectBench(BenchServers servers, Scale scale, PrintWriter out) {
        this.servers = servers;
        this.scale = scale;
        this.out = out;
    }

    /** Rows a second of one connection, by snapshot and from the log. */
    private record Speed(double snapshot, double streaming) {}

    /**
     * What came out.
     *
     * @param snapshotRatio the median of ours over the floor
     * @param memoryGrowth the peak of the whole large snapshot over the peak of its first million rows; 1 where not measured
     * @param p99Millis idle latency; 0 where not measured
     */
    public record Result(double snapshotRatio, double streamingRatio, double memoryGrowth, double p99Millis) {}

    /** @param work an empty directory for servers and logs */
    public static Result run(Path work, Scale scale, PrintWriter out)
            throws IOException, InterruptedException, SQLException {
        try (BenchServers servers = new BenchServers(work)) {
            return new CollectBench(servers, scale, out).measure();
        }
    }

    private Result measure() throws IOException, InterruptedException, SQLException {
        Source table = servers.source(Source.Engine.POSTGRESQL, "bench", DATABASE);
        try (Connection database = servers.connect(table)) {
            BenchTable.create(database);
            BenchTable.fill(database, 0, scale.rows());
            List<Speed> ours = new ArrayList<>();
            List<Speed> floors = new ArrayList<>();
            for (int round = 0; round < scale.rounds(); round++) {
                round(database, round, ours, floors);
            }
            double latency = scale.commits() == 0 ? 0 : latency(database);
            double growth = scale.memoryRows() == 0 ? 1 : memory(database);
            return new Result(
                    ratio(
                            ours.stream().map(Speed::snapshot).toList(),
                            floors.stream().map(Speed::snapshot).toList()),
                    ratio(
                            ours.stream().map(Speed::streaming).toList(),
                            floors.stream().map(Speed::streaming).toList()),
                    growth,
                    latency);
        }
    }

    /** Each goes first in every other round. */
    private void round(Connection database, int round, List<Speed> ours, List<Speed> floors)
            throws IOException, InterruptedException, SQLException {
        boolean floorFirst = round % 2 == 0;
        Side first = new Side(floorFirst);
        Side second = new Side(!floorFirst);
        double firstSnapshot = first.snapshot();
        double secondSnapshot = second.snapshot();
        double firstStream = 0;
        double secondStream = 0;
        if (scale.changes() > 0) {
            change(database, round);
            firstStream = first.stream();
            secondStream = second.stream();
        }
        first.end(database);
        second.end(database);
        (floorFirst ? floors : ours).add(new Speed(firstSnapshot, firstStream));
        (floorFirst ? ours : floors).add(new Speed(secondSnapshot, secondStream));
    }

    private void change(Connection database, int round) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (int from = 0; from < scale.changes(); from += UPDATES_AT_ONCE) {
                statement.execute("UPDATE person SET household = 'round " + round + "' WHERE pk >= " + from
                        + " AND pk < " + Math.min(scale.changes(), from + UPDATES_AT_ONCE));
            }
        }
    }

    /** One connection of one round. */
    private final class Side {
        private final boolean floor;
        private final Source source;
        private final Plan plan;
        private final String topic;

        Side(boolean floor) throws SQLException {
            this.floor = floor;
            String name = (floor ? "floor" : "ours") + connections++;
            this.source = servers.source(Source.Engine.POSTGRESQL, name, DATABASE);
            this.plan = BenchTable.plan(source);
            this.topic = plan.datasets().values().iterator().next().topic().name();
            servers.provision(plan);
        }

        private CollectChild start() throws IOException {
            return CollectChild.start(
                    CollectOrder.of(source, servers, floor),
                    servers.work().resolve("logs").resolve(source.name() + ".log"));
        }

        double snapshot() throws IOException, InterruptedException {
            try (CollectChild child = start()) {
                double rate = rate("snapshot", child, 0, scale.rows());
                settle(child);
                return rate;
            }
        }

        double stream() throws IOException, InterruptedException {
            long before;
            try (TopicEnds ends = new TopicEnds(servers.admin(), topic)) {
                before = ends.count();
            }
            try (CollectChild child = start()) {
                return rate("streaming", child, before, scale.changes());
            }
        }

        /** From the first record to the last; the start of the process is not in it. */
        private double rate(String what, CollectChild child, long before, int records) throws InterruptedException {
            try (TopicEnds ends = new TopicEnds(servers.admin(), topic)) {
                long begin = ends.await(before + 1, child::alive);
                long first = ends.count() - before;
                long end = ends.await(before + records, child::alive);
                double rate = (records - first) * 1e9 / (end - begin);
                print("%-10s %-5s %,9.0f rows/s%n", what, floor ? "floor" : "ours", rate);
                return rate;
            }
        }

        /** Lets what is behind the last row become safe: end markers, the slot's position. */
        private void settle(CollectChild child) throws InterruptedException {
            Thread.sleep(3000);
            if (!child.alive()) {
                throw new BenchFailed(
                        "the collecting process ended; see " + servers.work().resolve("logs"));
            }
        }

        void end(Connection database) throws SQLException, InterruptedException {
            servers.dropSlot(database, source);
            try (Admin admin = Admin.create(servers.admin())) {
                admin.deleteTopics(List.of(topic)).all().get();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new BenchFailed("topic " + topic + " can't be deleted", e);
            }
        }
    }

    private double latency(Connection database) throws IOException, InterruptedException, SQLException {
        Side side = new Side(false);
        try (CollectChild child = side.start();
                TopicEnds ends = new TopicEnds(servers.admin(), side.topic)) {
            ends.await(scale.rows() + BenchTable.PARTITIONS, child::alive);
            side.settle(child);
            IdleLatency.Figures figures =
                    new IdleLatency(servers.admin(), side.topic).measure(database, scale.commits(), scale.rows());
            print(
                    "idle       commit to topic: p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d commits)%n",
                    figures.p50(), figures.p99(), figures.max(), scale.commits());
            return figures.p99();
        } finally {
            side.end(database);
        }
    }

    private double memory(Connection database) throws IOException, InterruptedException, SQLException {
        BenchTable.fill(database, scale.rows(), scale.memoryRows());
        Side side = new Side(false);
        try (CollectChild child = side.start();
                TopicEnds ends = new TopicEnds(servers.admin(), side.topic)) {
            ends.await(1, child::alive);
            long early = 0;
            long peak = 0;
            for (long count = ends.count(); count < scale.memoryRows(); count = ends.count()) {
                peak = Math.max(peak, child.resident());
                early = count <= scale.memoryRows() / 5 ? peak : early;
                if (!child.alive()) {
                    throw new BenchFailed("the collecting process ended after " + count + " rows");
                }
                Thread.sleep(100);
            }
            print(
                    "memory     peak %,d MiB in the first fifth of %,d rows, %,d MiB in all%n",
                    early / 1024, scale.memoryRows(), peak / 1024);
            return (double) peak / Math.max(1, early);
        } finally {
            side.end(database);
        }
    }

    private static double ratio(List<Double> ours, List<Double> floors) {
        return median(ours) / median(floors);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
