package io.tongdao.ops.demo;

import static java.util.Objects.requireNonNull;

import io.tongdao.collect.CollectStatus;
import io.tongdao.collect.Collector;
import io.tongdao.collect.SourceState;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.exchange.EmbeddedParts;
import io.tongdao.ops.exchange.Exchange;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.exchange.RunningExchange;
import io.tongdao.ops.exchange.SampleProvince;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.province.Figures;
import io.tongdao.ops.province.Generator;
import io.tongdao.ops.province.LiveScript;
import io.tongdao.ops.province.ProvinceDatabases;
import io.tongdao.ops.province.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The sample province end to end: starts all, loads, collects, lets two grants flow, lives, and holds every row against the databases. Killed
 * at any moment, the same call goes on where it stopped.
 */
public final class Demo {
    private static final Duration SNAPSHOT_LIMIT = Duration.ofMinutes(20);
    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(10);
    private static final int ACT_BEFORE_SUSPENSION = 2;
    private static final int ACT_WHILE_SUSPENDED = 3;
    private final Options options;
    private final Phases phases;
    private final PrintStream out;
    private final DataDirectory data;
    private final DemoFigures figures = new DemoFigures();

    /**
     * @param pace between two steps of the script
     * @param bars progress bars: a person watches
     * @param showValues failures show values: the sample's people are made up
     * @param digests whether every table is digested too, for comparing runs
     */
    public record Options(
            Path catalogue, int people, long seed, Duration pace, boolean bars, boolean showValues, boolean digests) {}

    public Demo(DataDirectory data, Options options, PrintStream out) {
        this.data = data;
        this.options = options;
        this.out = out;
        this.phases = new Phases(data.run().resolve("phase"), out);
    }

    /** True if everything holds. */
    public boolean run() throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        Instant begin = Instant.now();
        phases.begin("start", "starting broker, registry and databases 启动");
        try (EmbeddedParts parts = EmbeddedParts.start(data);
                MemoryWatch memory = new MemoryWatch(parts::pids)) {
            Plan plan = PlanSource.compile(
                    options.catalogue(), SampleProvince.variables(parts), RunningExchange.accepted(data.root()));
            Generator generator = SampleProvince.of(plan, new Generator(options.seed(), options.people()));
            phases.begin("load", "the agencies' databases 省级部门数据");
            try (ExecutorService beside = Executors.newSingleThreadExecutor();
                    Exchange exchange = start(parts, beside.submit(() -> load(parts, generator)));
                    Settling settling = new Settling(exchange)) {
                exchange.notFollowed(options.catalogue()).forEach(line -> phases.say("%s", line));
                collect(exchange);
                LiveScript script = LiveScript.of(generator);
                DemoGrants grants = new DemoGrants(exchange.desk(), options.catalogue());
                open(grants);
                settling.awaitStages(SETTLE_LIMIT);
                live(exchange, script, grants);
                phases.begin("verify", "verifying every row 核对");
                boolean right = verify(exchange, settling, script);
                phases.end();
                figures.took(Duration.between(begin, Instant.now()), phases.took(), memory.peak());
                Figures measured = DemoReport.figures(figures, options, script);
                Files.writeString(data.run().resolve("report.json"), Report.json(measured));
                out.print(Report.text(measured));
                return right;
            }
        }
    }

    /** Topics, rights and stages come while the databases are filled. */
    private Exchange start(EmbeddedParts parts, Future<?> load) throws IOException {
        Exchange.Filled filled = () -> {
            try {
                load.get();
                phases.begin("stages", "starting the stages 各环节");
            } catch (InterruptedException | ExecutionException | IOException e) {
                throw e.getCause() instanceof RuntimeException why
                        ? why
                        : new IllegalStateException("the agencies' databases were not filled", e);
            }
        };
        return Exchange.start(parts, options.catalogue(), filled, InstantSource.system());
    }

    private @Nullable Void load(EmbeddedParts parts, Generator generator) throws IOException, SQLException {
        boolean loaded;
        Map<AgencyTable, Long> sums = new EnumMap<>(AgencyTable.class);
        try (Progress progress = Progress.of("rows loaded", options.bars(), out)) {
            loaded = SampleProvince.prepare(parts, generator, (table, rows) -> {
                sums.put(table, rows);
                progress.at(sums.values().stream().mapToLong(Long::longValue).sum());
            });
        }
        figures.loaded(loaded);
        phases.say(
                loaded ? "%,d people loaded, seed %d" : "%,d people were there already, seed %d",
                options.people(),
                options.seed());
        return null;
    }

    private void collect(Exchange exchange) throws IOException, InterruptedException, TimeoutException {
        phases.begin("collect", "collecting 归集");
        Instant limit = Instant.now().plus(SNAPSHOT_LIMIT);
        try (Progress progress = Progress.of("records collected", options.bars(), out)) {
            while (!exchange.collectors().stream().allMatch(Demo::streams)) {
                healthy(exchange);
                if (Instant.now().isAfter(limit)) {
                    throw new TimeoutException(
                            "the snapshots were not done within " + SNAPSHOT_LIMIT.toMinutes() + " minutes");
                }
                progress.at(snapshotRows(exchange));
                Thread.sleep(100);
            }
        }
        phases.say("%,d records from snapshots", snapshotRows(exchange));
        figures.collected(snapshotRows(exchange));
    }

    private static long snapshotRows(Exchange exchange) {
        return exchange.collectors().stream()
                .flatMap(collector -> collector.status().datasets().stream())
                .mapToLong(CollectStatus.Dataset::snapshotRows)
                .sum();
    }

    private void open(DemoGrants grants) throws IOException {
        phases.begin("grants", "two grants: filed, approved, flowing 共享与回流");
        for (String id : List.of(DemoGrants.SHARE, DemoGrants.RETURN)) {
            phases.say(
                    "%s: everything there released after %.1f s",
                    id, grants.open(id).toMillis() / 1000.0);
        }
    }

    private void live(Exchange exchange, LiveScript script, DemoGrants grants)
            throws IOException, SQLException, InterruptedException {
        ProvinceDatabases databases = SampleProvince.databases(exchange.parts());
        phases.begin(
                "live", "living: %d transactions 运行".formatted(script.steps().size()));
        if (!grants.wasSuspended()) {
            untilCut(exchange, script, grants, databases);
        }
        play(script, databases, ACT_WHILE_SUSPENDED);
        grants.resume();
        phases.say("%s resumed: epoch %d", DemoGrants.SHARE, share(exchange).epoch());
        play(script, databases, LiveScript.ACTS);
        healthy(exchange);
    }

    private void untilCut(Exchange exchange, LiveScript script, DemoGrants grants, ProvinceDatabases databases)
            throws SQLException, InterruptedException {
        Grant share = share(exchange);
        try (LiveReader reader = reader(exchange, share)) {
            reader.awaitCaughtUp();
            reader.measure();
            play(script, databases, ACT_BEFORE_SUSPENSION);
            cut(grants, reader);
            figures.latencies(reader.latencies());
        }
    }

    private static Grant share(Exchange exchange) {
        return requireNonNull(exchange.desk().list().get(DemoGrants.SHARE), DemoGrants.SHARE);
    }

    private void cut(DemoGrants grants, LiveReader reader) throws InterruptedException {
        Thread.sleep(1_000);
        long before = reader.records();
        Duration cut = grants.suspend();
        Instant done = Instant.now();
        Thread.sleep(2_000);
        boolean silent = !reader.lastRecord().isAfter(done);
        phases.say(
                "%s suspended: cut %d ms after the order, its reader had %,d records and %s",
                DemoGrants.SHARE, cut.toMillis(), before, silent ? "gets nothing more" : "GOT MORE");
        figures.cut(cut, silent, reader.ended());
    }

    private void play(LiveScript script, ProvinceDatabases databases, int act)
            throws SQLException, InterruptedException {
        script.run(databases, script.lastOf(act), options.pace(), step -> figures.step());
    }

    private boolean verify(Exchange exchange, Settling settling, LiveScript script)
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        // What must be there follows from the agencies' databases alone, while the channel still settles.
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<Verification> expected =
                    beside.submit(() -> new Verification(exchange, options.people(), options.showValues()));
            settling.await(SETTLE_LIMIT);
            healthy(exchange);
            figures.checks(expected.get().all(script, script.steps().size()));
        }
        if (options.digests()) {
            LakeQuery lake = LakeQuery.open(exchange.lake(), TableRights.ALL);
            TableDigests.write(data.run().resolve("tables.json"), TableDigests.of(lake));
        }
        return figures.right();
    }

    private LiveReader reader(Exchange exchange, Grant share) {
        return new LiveReader(
                exchange.client(share.principal()),
                exchange.parts().registry().url(),
                share.principal() + ".demo",
                share.topic());
    }

    private static boolean streams(Collector collector) {
        return collector.status().datasets().stream()
                .allMatch(dataset -> dataset.state() == SourceState.State.STREAMING);
    }

    private static void healthy(Exchange exchange) {
        if (exchange.failure().isDone()) {
            throw new IllegalStateException(exchange.failure().join());
        }
    }
}
