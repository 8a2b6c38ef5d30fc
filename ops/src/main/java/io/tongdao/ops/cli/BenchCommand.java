package io.tongdao.ops.cli;

import io.tongdao.contract.plan.Source;
import io.tongdao.ops.bench.Bar;
import io.tongdao.ops.bench.CollectBench;
import io.tongdao.ops.bench.CollectFaults;
import io.tongdao.ops.bench.FaultBench;
import io.tongdao.ops.bench.PgbenchBench;
import io.tongdao.ops.bench.RebuildFaults;
import io.tongdao.ops.bench.ReconcileBench;
import io.tongdao.ops.bench.ReconcileFaults;
import io.tongdao.ops.bench.ReleaseBench;
import io.tongdao.ops.bench.ReleaseFaults;
import io.tongdao.ops.bench.StageKills;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao bench}: the benchmarks of this project. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        header = "Benchmarks and fault runs.",
        description = "The benchmarks and fault runs of this project.",
        synopsisSubcommandLabel = "NAME")
final class BenchCommand implements Runnable {
    /** Commits a second while reconciliation is killed: more than it works off while it starts, so that kills hit a queue. */
    private static final int COMMITS = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "collect",
            mixinStandardHelpOptions = true,
            description = {
                "Rows a second from PostgreSQL into keyed Avro topics, by snapshot and from the log, beside the same"
                        + " Debezium",
                "engine with a trivial binary hand-off, in turn; idle latency; memory of a large snapshot. Exit 0 only"
                        + " if the",
                "ratio is 0.9 or more, p99 100 ms or less and memory grows by no more than a tenth. Wants the machine"
                        + " for itself."
            })
    int collect(
            @Option(
                            names = "--rows",
                            paramLabel = "N",
                            defaultValue = "1000000",
                            description = "Of 12 columns. Default: 1,000,000")
                    int rows,
            @Option(
                            names = "--changes",
                            paramLabel = "N",
                            defaultValue = "1000000",
                            description = "Updates for streaming. Default: 1,000,000; 0: none")
                    int changes,
            @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: 3") int rounds,
            @Option(
                            names = "--memory-rows",
                            paramLabel = "N",
                            defaultValue = "5000000",
                            description = "Of the snapshot that memory is watched in. Default: 5,000,000; 0: none")
                    int memoryRows,
            @Option(
                            names = "--commits",
                            paramLabel = "N",
                            defaultValue = "500",
                            description = "Of the idle latency. Default: 500; 0: none")
                    int commits,
            @Option(names = "--work", paramLabel = "DIR", description = "An empty directory. Default: a temporary one")
                    Path work)
            throws IOException, InterruptedException, SQLException {
        Path place = work == null ? Files.createTempDirectory("tongdao-collect") : work;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("collection in %s%n", place);
        CollectBench.Result result =
                CollectBench.run(place, new CollectBench.Scale(rows, changes, rounds, memoryRows, commits), out);
        out.printf(
                Locale.ROOT,
                "ours over floor, median: snapshot %.3f, streaming %.3f; idle p99 %.1f ms; memory %.2f of its first"
                        + " fifth%n",
                result.snapshotRatio(),
                result.streamingRatio(),
                result.p99Millis(),
                result.memoryGrowth());
        boolean right = result.snapshotRatio() >= 0.9
                && (changes == 0 || result.streamingRatio() >= 0.9)
                && result.p99Millis() <= 100
                && result.memoryGrowth() <= 1.1;
        return right ? 0 : Main.NOT_RIGHT;
    }

    @Command(
            name = "reconcile",
            mixinStandardHelpOptions = true,
            description = {
                "Changes a second of reconciliation with four sources of the sample province's population, exactly once,"
                        + " beside the floor",
                "(each topic a persistent table whose changes go to one topic, nothing decoded) on the same records in"
                        + " turn; CPU of a",
                "change with few and with many subjects; disk of state; a subject with very many rows; latency at 1,000"
                        + " changes/s. Exit",
                "0 only if every bar is held. Wants the machine for itself, some GB of disk and about an hour; 10"
                        + " minutes with --many 0."
            })
    int reconcile(
            @Option(
                            names = "--subjects",
                            paramLabel = "N",
                            defaultValue = "1000000",
                            description = "With four rows each. Default: 1,000,000")
                    int subjects,
            @Option(
                            names = "--changes",
                            paramLabel = "N",
                            defaultValue = "600000",
                            description = "Of each measurement. Default: 600,000")
                    int changes,
            @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: 3") int rounds,
            @Option(
                            names = "--many",
                            paramLabel = "N",
                            defaultValue = "5000000",
                            description =
                                    "Subjects whose changes' CPU is compared with that at --few. Default: 5,000,000;"
                                            + " 0: it is not compared")
                    int many,
            @Option(names = "--few", paramLabel = "N", defaultValue = "100000", description = "Default: 100,000")
                    int few,
            @Option(
                            names = "--rows",
                            paramLabel = "N",
                            defaultValue = "100000",
                            description = "Of the subject with very many. Default: 100,000; 0: it is not measured")
                    int rows,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "30",
                            description = "Of the latency measurement. Default: 30")
                    int seconds,
            @Option(names = "--quick", description = "Small numbers, to see that it works: the figures say nothing.")
                    boolean quick,
            @Option(names = "--work", paramLabel = "DIR", description = "An empty directory. Default: a temporary one")
                    Path work)
            throws IOException, InterruptedException, SQLException {
        Path place = work == null ? Files.createTempDirectory("tongdao-reconcile") : work;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("reconciliation in %s%n", place);
        ReconcileBench.Scale scale = quick
                ? ReconcileBench.Scale.QUICK
                : new ReconcileBench.Scale(subjects, changes, rounds, few, many, rows, seconds);
        ReconcileBench.Result result = ReconcileBench.run(place, Place.home().resolve("ops/catalogue"), scale, out);
        Bar.print(result.bars(), out);
        return result.held() ? 0 : Main.NOT_RIGHT;
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = {
                "Release beside a floor that hands as many bytes on, on the same records in one run: records/s of one grant;"
                        + " CPU of a",
                "released record with one grant and with many; the time from an order to the first record; what a live"
                        + " change waits",
                "while another grant is served what stands. Exit 0 only if every bar is held."
            })
    int release(
            @Option(
                            names = "--subjects",
                            paramLabel = "N",
                            defaultValue = "1000000",
                            description = "Default: 1,000,000")
                    int subjects,
            @Option(
                            names = "--changes",
                            paramLabel = "N",
                            defaultValue = "400000",
                            description = "Of each measurement of one grant. Default: 400,000")
                    int changes,
            @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: 3") int rounds,
            @Option(
                            names = "--grants",
                            paramLabel = "N",
                            split = ",",
                            defaultValue = "1,10,100,1000",
                            description = "On one table. Default: 1,10,100,1000")
                    List<Integer> grants,
            @Option(
                            names = "--released",
                            paramLabel = "N",
                            defaultValue = "400000",
                            description = "Records of each measurement of many grants. Default: 400,000")
                    int released,
            @Option(names = "--seconds", paramLabel = "N", defaultValue = "15", description = "Default: 15")
                    int seconds,
            @Option(names = "--quick", description = "Small numbers, to see that it works: the figures say nothing.")
                    boolean quick,
            @Option(names = "--work", paramLabel = "DIR", description = "An empty directory. Default: a temporary one")
                    Path work)
            throws IOException, InterruptedException {
        Path place = work == null ? Files.createTempDirectory("tongdao-release") : work;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("release in %s%n", place);
        ReleaseBench.Scale scale = quick
                ? ReleaseBench.Scale.QUICK
                : new ReleaseBench.Scale(subjects, changes, rounds, grants, released, seconds);
        List<Bar> bars = ReleaseBench.run(place, Place.home().resolve("ops/catalogue"), scale, out);
        Bar.print(bars, out);
        return bars.stream().allMatch(Bar::held) ? 0 : Main.NOT_RIGHT;
    }

    @Command(
            name = "pgbench",
            mixinStandardHelpOptions = true,
            description = {
                "An outside load on its own tables, catalogued by YAML alone (ops/catalogue-pgbench): pgbench on"
                        + " PostgreSQL where it",
                "is installed, else the same transaction over JDBC, as on MariaDB. The collecting process is killed"
                        + " (kill -9) at",
                "seeded moments. Exit 0 only if the src topic's compacted state is pgbench_accounts, row by row."
            })
    int pgbench(
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "120",
                            description = "Of load, on each engine. Default: 120")
                    int seconds,
            @Option(
                            names = "--scale",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "100,000 accounts each. Default: 1")
                    int scale,
            @Option(names = "--kills", paramLabel = "N", defaultValue = "2", description = "Default: 2") int kills,
            @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the moments.") long seed,
            @Option(
                            names = "--engine",
                            paramLabel = "E",
                            defaultValue = "POSTGRESQL,MARIADB",
                            split = ",",
                            description = "POSTGRESQL, MARIADB. Default: both")
                    List<Source.Engine> engines,
            @Option(names = "--work", paramLabel = "DIR", description = "An empty directory. Default: a temporary one")
                    Path work)
            throws IOException, InterruptedException, SQLException {
        Path place = work == null ? Files.createTempDirectory("tongdao-pgbench") : work;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("outside load in %s, seed %d%n", place, seed);
        var load = new PgbenchBench.Load(Duration.ofSeconds(seconds), scale, kills, seed);
        return PgbenchBench.run(place, Place.home(), engines, load, out) ? 0 : Main.NOT_RIGHT;
    }

    @Command(
            name = "faults",
            mixinStandardHelpOptions = true,
            description = {
                "Kills a process (kill -9) at seeded moments and starts it again. Of collection: in snapshots, incremental ones too, and"
                        + " while it streams;",
                "the src topic's compacted state must be the table, row by row, and each duplicate recognisable by its"
                        + " position.",
                "Of reconciliation: while it works off what registers commit; the whole history of golden records and"
                        + " discrepancies must be",
                "one that the sources' orders give. Of the exchange: the demo in its live phase; its final tables must"
                        + " be an unbroken run's.",
                "Of rebuilds: while a stage finds its state anew; nothing may be written that was not there.",
                "Of release: while registers change and grants begin and stop; each epoch's topic must hold what the grant"
                        + " was to show, once and",
                "in order, no record more than it allows, and none once it was stopped.",
                "Exit 0 only if all holds."
            })
    int faults(
            @Option(
                            names = "--collect",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Kills of collection. Default: 20; 0: none")
                    int collect,
            @Option(
                            names = "--reconcile",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Kills of reconciliation. Default: 0: none")
                    int reconcile,
            @Option(
                            names = "--rebuild",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Kills while stages are rebuilt. Default: 0: none")
                    int rebuild,
            @Option(
                            names = "--release",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Kills of release. Default: 0: none")
                    int release,
            @Option(
                            names = "--runs",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "Kills of the exchange, one a run. Default: 10; 0: none")
                    int runs,
            @Option(
                            names = "--seed",
                            paramLabel = "S",
                            defaultValue = "1",
                            description = "Of the moments and the data.")
                    long seed,
            @Option(names = "--people", paramLabel = "N", defaultValue = "2000", description = "Default: 2000")
                    int people,
            @Option(
                            names = "--work",
                            paramLabel = "DIR",
                            description = "An empty directory for the runs. Default: a temporary one")
                    Path work)
            throws IOException, InterruptedException, SQLException {
        Path place = work == null ? Files.createTempDirectory("tongdao-faults") : work;
        PrintWriter out = spec.commandLine().getOut();
        boolean right = collectFaults(place, collect, seed, out);
        right &= reconcileFaults(place, reconcile, seed, out);
        right &= rebuildFaults(place, rebuild, seed, people, out);
        right &= releaseFaults(place, release, seed, out);
        right &= faults(place, runs, seed, people, out);
        return right ? 0 : Main.NOT_RIGHT;
    }

    private static boolean reconcileFaults(Path place, int kills, long seed, PrintWriter out)
            throws IOException, InterruptedException {
        if (kills == 0) {
            return true;
        }
        out.printf("kills of reconciliation in %s, seed %d%n", place.resolve("reconcile"), seed);
        StageKills.Load load = new StageKills.Load(COMMITS, seed);
        ReconcileFaults.Outcome outcome = ReconcileFaults.run(
                place.resolve("reconcile"), Place.home().resolve("ops/catalogue"), kills, load, out);
        out.printf(
                Locale.ROOT,
                "%d kills of reconciliation, %,d records and %,d duplicates about %,d people, %,d golden records, %,d"
                        + " discrepancies opened or closed: %s%n",
                kills,
                outcome.records(),
                outcome.duplicates(),
                outcome.subjects(),
                outcome.golden(),
                outcome.discrepancies(),
                outcome.holds() ? "none lost, doubled or out of order" : "WRONG: " + outcome.wrong());
        return outcome.holds();
    }

    private static boolean collectFaults(Path place, int kills, long seed, PrintWriter out)
            throws IOException, InterruptedException, SQLException {
        if (kills == 0) {
            return true;
        }
        out.printf("kills of collection in %s, seed %d%n", place.resolve("collect"), seed);
        long wrong = CollectFaults.run(place.resolve("collect"), kills, seed, out).stream()
                .filter(o -> !o.wrong().isEmpty())
                .count();
        out.printf(
                "%d kills of collection: %d left the topic equal to the table, %d did not%n",
                kills, kills - wrong, wrong);
        return wrong == 0;
    }

    private static boolean rebuildFaults(Path place, int kills, long seed, int people, PrintWriter out)
            throws IOException, InterruptedException {
        if (kills == 0) {
            return true;
        }
        out.printf("kills of rebuilds in %s, seed %d, %d people%n", place.resolve("rebuild"), seed, people);
        Path catalogue = Place.home().resolve("ops/catalogue");
        long wrong = new RebuildFaults(place.resolve("rebuild"), catalogue, people, seed, out)
                .run(kills).stream().filter(o -> !o.wrong().isEmpty()).count();
        out.printf("%d kills of rebuilds: %d wrote no record more, %d did%n", kills, kills - wrong, wrong);
        return wrong == 0;
    }

    private static boolean releaseFaults(Path place, int kills, long seed, PrintWriter out)
            throws IOException, InterruptedException {
        if (kills == 0) {
            return true;
        }
        out.printf("kills of release in %s, seed %d%n", place.resolve("release"), seed);
        ReleaseFaults.Outcome outcome = ReleaseFaults.run(
                place.resolve("release"),
                Place.home().resolve("ops/catalogue"),
                kills,
                new StageKills.Load(COMMITS, seed),
                out);
        out.printf(
                Locale.ROOT,
                "%d kills of release, %,d records, %,d released in %d epochs: %s%n",
                kills,
                outcome.records(),
                outcome.released(),
                outcome.epochs(),
                outcome.holds() ? "none lost, doubled, out of order or beyond its grant" : "WRONG: " + outcome.wrong());
        return outcome.holds();
    }

    private static boolean faults(Path place, int runs, long seed, int people, PrintWriter out)
            throws IOException, InterruptedException {
        if (runs == 0) {
            return true;
        }
        out.printf("fault runs in %s, seed %d, %d people%n", place, seed, people);
        List<FaultBench.Outcome> outcomes =
                new FaultBench(place, Place.home().resolve("ops/catalogue"), people, seed, out).run(runs);
        long wrong = outcomes.stream().filter(o -> !o.holds()).count();
        out.printf("%d kills: %d resumed to the same tables, %d did not%n", runs, runs - wrong, wrong);
        return wrong == 0;
    }
}
