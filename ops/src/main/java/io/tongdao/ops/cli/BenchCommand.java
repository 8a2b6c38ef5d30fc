package io.tongdao.ops.cli;

import io.tongdao.contract.plan.Source;
import io.tongdao.ops.bench.Bar;
import io.tongdao.ops.bench.CollectBench;
import io.tongdao.ops.bench.PgbenchBench;
import io.tongdao.ops.bench.ReconcileBench;
import io.tongdao.ops.bench.ReleaseBench;
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
        synopsisSubcommandLabel = "NAME",
        subcommands = {BenchPathCommand.class, BenchQueryCommand.class, BenchFaultsCommand.class})
final class BenchCommand implements Runnable {
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
                "Release, its ledger on, beside a floor that hands as many bytes on, on the same records in one run: records/s"
                        + " of one grant; CPU of a",
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
}
