package io.tongdao.ops.cli;

import io.tongdao.ops.bench.CollectFaults;
import io.tongdao.ops.bench.FaultBench;
import io.tongdao.ops.bench.RebuildFaults;
import io.tongdao.ops.bench.ReconcileFaults;
import io.tongdao.ops.bench.ReleaseFaults;
import io.tongdao.ops.bench.StageKills;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao bench faults}: kills at seeded moments, and whether everything is there afterwards, once. */
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
            "in order, no record more than it allows, and none once it was stopped; the release ledger has each of them once.",
            "Exit 0 only if all holds."
        })
final class BenchFaultsCommand implements Callable<Integer> {
    /** Commits a second while a stage is killed: more than it works off while it starts, so that kills hit a queue. */
    private static final int COMMITS = 1000;

    @Option(
            names = "--collect",
            paramLabel = "N",
            defaultValue = "20",
            description = "Kills of collection. Default: 20; 0: none")
    private int collect;

    @Option(
            names = "--reconcile",
            paramLabel = "N",
            defaultValue = "0",
            description = "Kills of reconciliation. Default: 0: none")
    private int reconcile;

    @Option(
            names = "--rebuild",
            paramLabel = "N",
            defaultValue = "0",
            description = "Kills while stages are rebuilt. Default: 0: none")
    private int rebuild;

    @Option(
            names = "--release",
            paramLabel = "N",
            defaultValue = "0",
            description = "Kills of release. Default: 0: none")
    private int release;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Kills of the exchange, one a run. Default: 10; 0: none")
    private int runs;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the moments and the data.")
    private long seed;

    @Option(names = "--people", paramLabel = "N", defaultValue = "2000", description = "Default: 2000")
    private int people;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "An empty directory for the runs. Default: a temporary one")
    private @Nullable Path work;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
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
                outcome.holds()
                        ? "none lost, doubled, out of order or beyond its grant, each in the ledger once"
                        : "WRONG: " + outcome.wrong());
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
