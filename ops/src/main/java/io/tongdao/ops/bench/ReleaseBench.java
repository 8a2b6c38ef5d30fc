package io.tongdao.ops.bench;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Topic;
import io.tongdao.ops.exchange.PlanSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What release costs, the release ledger included: records a second of one grant beside a floor that hands as many bytes on ({@link FloorTopology}), CPU of a released
 * record with one and with many grants on a table, the time from an order to the first record, and how long a live change waits while another
 * grant is served what stands. Each measurement is of a process of its own; broker and registry share the machine with it.
 */
public final class ReleaseBench {
    private static final double LEAST_RATIO = 0.6;
    private static final double MOST_GROWTH = 1.2;
    private static final double MOST_FIRST = 2;
    private static final double MOST_DELAY = 1000;
    private static final int RATE = 1000;
    /** Of the growth: the cost with so many grants beside that with one. */
    private static final int MANY = 100;

    private final BenchServers servers;
    private final Path catalogue;
    private final Scale scale;
    private final PrintWriter out;
    private final PeopleLoad load;
    private final BenchGrants grants;
    private int logs;

    /**
     * How much is done.
     *
     * @param subjects with a row each, for one grant
     * @param changes of each measurement of one grant
     * @param rounds each measures the stage and the floor once
     * @param grants on one table, one after another; the first is one
     * @param released records of each measurement of many grants
     * @param seconds of live changes while a grant is served what stands
     */
    public record Scale(int subjects, int changes, int rounds, List<Integer> grants, int released, int seconds) {
        /** To see that it works. */
        public static final Scale QUICK = new Scale(2000, 3000, 1, List.of(1, 3), 3000, 3);
    }

    private ReleaseBench(
            BenchServers servers, Path catalogue, Scale scale, PrintWriter out, PeopleLoad load, BenchGrants grants) {
        this.servers = servers;
        this.catalogue = catalogue;
        this.scale = scale;
        this.out = out;
        this.load = load;
        this.grants = grants;
    }

    /** @param work an empty directory for servers, state and logs */
    public static List<Bar> run(Path work, Path catalogue, Scale scale, PrintWriter out)
            throws IOException, InterruptedException {
        Plan plan = PlanSource.compileToRead(catalogue);
        try (BenchServers servers = new BenchServers(work);
                RecordSender sender = new RecordSender(servers.admin(), 5)) {
            servers.provision(plan);
            BenchTopics.keepAll(servers.admin(), StageOrder.topics(plan));
            BenchTopics.create(
                    servers.admin(),
                    FloorTopology.OUT,
                    plan.table(Register.HOUSEHOLD.dataset()).partitions());
            PeopleLoad load = new PeopleLoad(new RegisterRecords(plan, new WireFormat(servers.registry())), sender, 1);
            BenchGrants grants = new BenchGrants(servers, plan, sender);
            return new ReleaseBench(servers, catalogue, scale, out, load, grants).measure();
        }
    }

    private List<Bar> measure() throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>();
        print("%-10s on, as always%n", "ledger");
        Grant first = grants.whole("first", Register.HOUSEHOLD);
        grants.start(List.of(first));
        print("%-10s %,d subjects, a row each%n", "fill", scale.subjects());
        load.fill(Register.HOUSEHOLD, 0, scale.subjects());
        settle();
        bars.add(Bar.least("records/s of one grant beside the floor's, median of the rounds", ratio(), LEAST_RATIO));
        waiting(bars, first);
        growth(bars);
        return bars;
    }

    private void settle() throws IOException, InterruptedException {
        for (boolean floor : new boolean[] {false, true}) {
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
            load.changes(Register.HOUSEHOLD, scale.subjects(), scale.changes());
            boolean floorFirst = round % 2 == 0;
            for (boolean floor : new boolean[] {floorFirst, !floorFirst}) {
                StageWatch.Worked worked = work(floor, scale.changes());
                print(
                        "%-10s %-13s %,9.0f records/s, %.1f µs CPU a record, %.1f of it stream threads%n",
                        "one grant", name(floor), worked.perSecond(), worked.micros(), worked.streamMicros());
                (floor ? floors : ours).add(worked.perSecond());
            }
        }
        return CollectBench.median(ours) / CollectBench.median(floors);
    }

    /** What one who was just granted waits for, and others meanwhile. */
    private void waiting(List<Bar> bars, Grant live) throws IOException, InterruptedException {
        try (StageChild child = start(false);
                GoldenLatency latency =
                        new GoldenLatency(servers.admin(), grants.topic(live).name())) {
            new StageWatch(child, name(false), out).idle();
            Grant second = grants.whole("second", Register.HOUSEHOLD);
            long ordered = System.nanoTime();
            grants.start(List.of(second));
            double seconds = (first(grants.topic(second)) - ordered) / 1e9;
            print("%-10s the first record %.2f s after the order%n", "backfill", seconds);
            bars.add(Bar.most("s from the order to a grant's first record", seconds, MOST_FIRST));
            int changes = scale.seconds() * RATE;
            GoldenLatency.Measured measured = latency.measure(
                    () -> load.changeOne(Register.HOUSEHOLD, scale.subjects()), changes, RATE, changes / 3);
            print(
                    "%-10s from change to released record while %,d rows are served to another: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    "live",
                    scale.subjects(),
                    measured.figures().p50(),
                    measured.figures().p99(),
                    measured.figures().max());
            bars.add(Bar.most(
                    "ms that a live change waits beside a backfill, p99",
                    measured.figures().p99(),
                    MOST_DELAY));
            grants.await(Ack.State.BACKFILLED, List.of(second));
            grants.stop(List.of(live, second));
            grants.await(Ack.State.STOPPED, List.of(live, second));
        }
    }

    private void growth(List<Bar> bars) throws IOException, InterruptedException {
        int people = Math.max(100, Math.min(2_000, scale.subjects()));
        load.fill(Register.INSURANCE, 0, people);
        Map<Integer, Double> costs = new HashMap<>();
        for (int count : scale.grants()) {
            List<Grant> all = IntStream.range(0, count)
                    .mapToObj(i -> grants.masked("n" + count + "-" + i, Register.INSURANCE))
                    .toList();
            grants.start(all);
            try (StageChild child = start(false)) {
                new StageWatch(child, name(false), out).idle();
                grants.await(Ack.State.BACKFILLED, all);
            }
            costs.put(count, cost(all, people));
            grants.stop(all);
            try (StageChild child = start(false)) {
                new StageWatch(child, name(false), out).idle();
                grants.await(Ack.State.STOPPED, all);
            }
        }
        double one = costs.getOrDefault(1, 0.0);
        Double many = costs.get(MANY);
        if (one > 0 && many != null) {
            bars.add(Bar.most("CPU of a released record with 100 grants, by that with one", many / one, MOST_GROWTH));
        }
    }

    /** Microseconds of the process for a released record. */
    private double cost(List<Grant> all, int people) throws IOException, InterruptedException {
        int changes = Math.max(200, scale.released() / all.size());
        int partitions =
                all.stream().mapToInt(grant -> grants.topic(grant).partitions()).sum();
        Topic one = grants.topic(all.getFirst());
        try (KafkaConsumer<byte[], byte[]> tail = TopicTail.of(servers.admin(), one.name(), 100)) {
            load.changes(Register.INSURANCE, people, changes);
            long begin = System.nanoTime();
            StageWatch.Worked worked = work(false, changes);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Written written = Written.of(tail);
            double released = (double) written.records() / changes;
            double cost = worked.micros() / released / all.size();
            print(
                    "%-10s %,d grants in %,d partitions: %.1f µs CPU a released record, %,.0f released records/s, about %,.0f transaction markers/s%n",
                    "growth",
                    all.size(),
                    partitions,
                    cost,
                    worked.perSecond() * released * all.size(),
                    written.markers() * partitions / one.partitions() / seconds);
            return cost;
        }
    }

    /** What one grant's topic got; all grants of a table have the same, in the same transactions. */
    private record Written(long records, long markers) {
        /** To the end of what is committed, from where a reader is. */
        static Written of(KafkaConsumer<byte[], byte[]> tail) {
            Map<TopicPartition, Long> ends = tail.endOffsets(tail.assignment());
            long offsets = ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - tail.position(end.getKey()))
                    .sum();
            long records = 0;
            while (ends.entrySet().stream().anyMatch(end -> tail.position(end.getKey()) < end.getValue())) {
                records += tail.poll(Duration.ofMillis(100)).count();
            }
            return new Written(records, offsets - records);
        }
    }

    /** When the first record of a topic could be read, as {@link System#nanoTime}. */
    private long first(Topic topic) {
        Map<String, Object> settings = new HashMap<>(servers.admin());
        settings.putAll(Map.of("enable.auto.commit", false, "isolation.level", "read_committed"));
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            long limit = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (consumer.poll(Duration.ofMillis(20)).isEmpty()) {
                if (System.nanoTime() > limit) {
                    throw new BenchFailed("no record came on " + topic.name());
                }
            }
            return System.nanoTime();
        }
    }

    private StageWatch.Worked work(boolean floor, long records) throws IOException, InterruptedException {
        try (StageChild child = start(floor)) {
            return new StageWatch(child, name(floor), out).work(records);
        }
    }

    private StageChild start(boolean floor) throws IOException {
        StageOrder order = new StageOrder(
                servers.admin(),
                servers.registryUrl(),
                catalogue.toString(),
                servers.work().resolve("state").resolve(name(floor)).toString(),
                floor ? StageOrder.Measured.RELEASE_FLOOR : StageOrder.Measured.RELEASE);
        return StageChild.start(order, servers.work().resolve("logs").resolve(name(floor) + ++logs + ".log"));
    }

    private static String name(boolean floor) {
        return floor ? "floor" : "release";
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
