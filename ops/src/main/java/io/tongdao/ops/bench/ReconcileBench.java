package io.tongdao.ops.bench;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.exchange.PlanSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What reconciliation costs: changes a second of the stage beside the floor ({@link FloorTopology}) on the same records in turn, CPU of a
 * change with few and with many subjects, disk of state, a subject with very many rows, and the time from a change to its golden record.
 * Each measurement is of a process of its own with this one's memory, which finds its queue waiting and its state there; broker and registry
 * share the machine with it.
 */
public final class ReconcileBench {
    private static final double LEAST_RATIO = 0.6;
    private static final double MOST_GROWTH = 1.5;
    private static final double MOST_BYTES = 1024;
    private static final double MOST_OF_MEDIAN = 3;
    private static final double MOST_P50 = 300;
    private static final double MOST_P99 = 1000;
    private static final int RATE = 1000;
    /** The person with very many rows; their numbers begin with the same. */
    private static final int CLERK = 15_000_000;

    private final BenchServers servers;
    private final Path catalogue;
    private final Scale scale;
    private final PrintWriter out;
    private final PeopleLoad load;
    private int logs;

    /**
     * How much is done.
     *
     * @param subjects with four rows each, when beside the floor
     * @param changes of each measurement
     * @param rounds each measures the stage and the floor once
     * @param few subjects for the CPU of a change
     * @param many subjects for the same; 0: it is not compared
     * @param rows of the subject with very many; 0: it is not measured
     * @param seconds of the latency measurement, at 1,000 changes a second; the first third does not count
     */
    public record Scale(int subjects, int changes, int rounds, int few, int many, int rows, int seconds) {
        /** To see that it works. */
        public static final Scale QUICK = new Scale(2000, 3000, 1, 500, 4000, 3000, 3);
    }

    /** @param read golden records that the latency measurement read, one for each change */
    public record Result(List<Bar> bars, int read) {
        public boolean held() {
            return bars.stream().allMatch(Bar::held);
        }
    }

    private ReconcileBench(BenchServers servers, Path catalogue, Scale scale, PrintWriter out, PeopleLoad load) {
        this.servers = servers;
        this.catalogue = catalogue;
        this.scale = scale;
        this.out = out;
        this.load = load;
    }

    /** @param work an empty directory for servers, state and logs */
    public static Result run(Path work, Path catalogue, Scale scale, PrintWriter out)
            throws IOException, InterruptedException, SQLException {
        Plan plan = PlanSource.compileToRead(catalogue);
        try (BenchServers servers = new BenchServers(work);
                RecordSender sender = new RecordSender(servers.admin(), 5)) {
            servers.provision(plan);
            BenchTopics.keepAll(servers.admin(), StageOrder.topics(plan));
            BenchTopics.create(
                    servers.admin(),
                    FloorTopology.OUT,
                    plan.table(Register.HOUSEHOLD.dataset()).partitions());
            RegisterRecords records = new RegisterRecords(plan, new WireFormat(servers.registry()));
            PeopleLoad load = new PeopleLoad(records, sender, 1);
            return new ReconcileBench(servers, catalogue, scale, out, load).measure();
        }
    }

    private Result measure() throws IOException, InterruptedException, SQLException {
        List<Bar> bars = new ArrayList<>();
        double few = scale.many() == 0 ? 0 : cpu(0, scale.few());
        fill(scale.many() == 0 ? 0 : scale.few(), scale.subjects());
        settle(true);
        bars.add(Bar.least("changes/s beside the floor's, median of the rounds", ratio(), LEAST_RATIO));
        bars.add(Bar.most("bytes of disk for a subject with 4 claims", bytes(), MOST_BYTES));
        if (scale.rows() > 0) {
            String what = String.format(
                    Locale.ROOT, "CPU of a change of a subject with %,d rows, by the median's", scale.rows());
            bars.add(Bar.most(what, manyRows(), MOST_OF_MEDIAN));
        }
        GoldenLatency.Measured latency = latency();
        bars.add(Bar.most(
                "ms from commit to golden record at 1,000 changes/s, p50",
                latency.figures().p50(),
                MOST_P50));
        bars.add(Bar.most(
                "ms from commit to golden record at 1,000 changes/s, p99",
                latency.figures().p99(),
                MOST_P99));
        if (scale.many() > 0) {
            double growth = cpu(scale.subjects(), scale.many()) / few;
            String what = String.format(
                    Locale.ROOT, "CPU of a change at %,d subjects, by that at %,d", scale.many(), scale.few());
            bars.add(Bar.most(what, growth, MOST_GROWTH));
        }
        return new Result(bars, latency.read());
    }

    /** CPU of a change once there are so many subjects, in microseconds of the whole process. */
    private double cpu(int there, int subjects) throws IOException, InterruptedException {
        fill(there, subjects);
        settle(false);
        load.change(subjects, scale.changes());
        StageWatch.Worked worked = work(false);
        print(
                "%-10s %,d subjects: %.1f µs CPU a change, %.1f of it stream threads%n",
                "cpu", subjects, worked.micros(), worked.streamMicros());
        return worked.micros();
    }

    private void fill(int from, int to) {
        print("%-10s %,d subjects, 4 rows each%n", "fill", to - from);
        load.fill(from, to);
    }

    /** Lets the stage, and the floor where it is measured next, take in what was filled. */
    private void settle(boolean both) throws IOException, InterruptedException {
        for (boolean floor : both ? new boolean[] {false, true} : new boolean[] {false}) {
            long begin = System.nanoTime();
            try (StageChild child = start(floor)) {
                new StageWatch(child, name(floor), out).idle();
            }
            print("%-10s %s in %.1f s%n", "filled", name(floor), (System.nanoTime() - begin) / 1e9);
        }
    }

    /** Each goes first in every other round. */
    private double ratio() throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        for (int round = 0; round < scale.rounds(); round++) {
            load.change(scale.subjects(), scale.changes());
            boolean floorFirst = round % 2 == 0;
            for (boolean floor : new boolean[] {floorFirst, !floorFirst}) {
                StageWatch.Worked worked = work(floor);
                print(
                        "%-10s %-9s %,9.0f changes/s, %.1f µs CPU a change, %.1f of it stream threads%n",
                        "changes", name(floor), worked.perSecond(), worked.micros(), worked.streamMicros());
                (floor ? floors : ours).add(worked.perSecond());
            }
        }
        return CollectBench.median(ours) / CollectBench.median(floors);
    }

    private StageWatch.Worked work(boolean floor) throws IOException, InterruptedException {
        try (StageChild child = start(floor)) {
            return new StageWatch(child, name(floor), out).work(scale.changes());
        }
    }

    /** All stores of the stage, as its process left them. */
    private double bytes() throws IOException {
        try (Stream<Path> files = Files.walk(state(false))) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(ReconcileBench::size)
                    .sum();
            print("%-10s %,d MiB of state%n", "disk", bytes >> 20);
            return (double) bytes / scale.subjects();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CPU of the stream threads for a change of the subject with very many rows, by that for others' changes of the same kind. */
    private double manyRows() throws IOException, InterruptedException {
        int batch = Math.min(2000, scale.changes());
        load.fill(CLERK, CLERK + 1);
        load.cases(CLERK, CLERK, scale.rows());
        try (StageChild child = start(false)) {
            StageWatch watch = new StageWatch(child, name(false), out);
            watch.idle();
            List<Double> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                others.add(spent(watch, batch, () -> load.changeCases(scale.subjects(), batch)));
            }
            double median = CollectBench.median(others.subList(1, others.size()));
            int few = 20;
            double own = spent(watch, few, () -> load.changeCases(CLERK, CLERK, scale.rows(), few));
            if (own < 10 * median) {
                own = spent(watch, batch, () -> load.changeCases(CLERK, CLERK, scale.rows(), batch));
            }
            print(
                    "%-10s %,.0f µs CPU a change of the subject with %,d rows, %.1f of others%n",
                    "rows", own, scale.rows(), median);
            return own / median;
        }
    }

    private static double spent(StageWatch watch, int changes, Runnable change)
            throws IOException, InterruptedException {
        long before = watch.idle().streamNanos();
        change.run();
        return (watch.idle().streamNanos() - before) / 1000.0 / changes;
    }

    /** From an agency's commit in PostgreSQL, through a collector, to the golden record; its people are few and busy. */
    private GoldenLatency.Measured latency() throws IOException, InterruptedException, SQLException {
        int people = Math.min(10_000, scale.subjects());
        Path copy = servers.work().resolve("state").resolve("catalogue");
        try (HouseholdTable table = new HouseholdTable(servers, catalogue, copy, people);
                TopicEnds ends = new TopicEnds(servers.admin(), Names.src("ga", "household_population"))) {
            long before = ends.count();
            try (StageChild child = start(false);
                    CollectChild collector = table.collect()) {
                ends.await(before + people, collector::alive);
                return latency(child, table);
            }
        }
    }

    private GoldenLatency.Measured latency(StageChild child, HouseholdTable table)
            throws IOException, InterruptedException {
        int changes = scale.seconds() * RATE;
        new StageWatch(child, name(false), out).idle();
        try (GoldenLatency latency = new GoldenLatency(servers.admin(), Names.base("population"))) {
            GoldenLatency.Measured measured = latency.measure(table::change, changes, RATE, changes / 3);
            print(
                    "%-10s commit in PostgreSQL to base at %,d changes/s: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    "latency",
                    RATE,
                    measured.figures().p50(),
                    measured.figures().p99(),
                    measured.figures().max());
            return measured;
        }
    }

    private StageChild start(boolean floor) throws IOException {
        StageOrder order = new StageOrder(
                servers.admin(),
                servers.registryUrl(),
                catalogue.toString(),
                state(floor).toString(),
                floor ? StageOrder.Measured.RECONCILE_FLOOR : StageOrder.Measured.RECONCILE);
        return StageChild.start(order, servers.work().resolve("logs").resolve(name(floor) + ++logs + ".log"));
    }

    private Path state(boolean floor) {
        return servers.work().resolve("state").resolve(name(floor));
    }

    private static String name(boolean floor) {
        return floor ? "floor" : "reconcile";
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
