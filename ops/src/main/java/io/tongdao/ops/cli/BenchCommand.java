package io.tongdao.ops.cli;

import io.tongdao.ops.bench.FaultBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "faults",
            mixinStandardHelpOptions = true,
            description = {
                "Kills the demo's process (kill -9) at seeded moments of its live phase, starts it again, and compares the",
                "final tables with an unbroken run's. Exit 0 only if all are the same."
            })
    int faults(
            @Option(
                            names = "--runs",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "Kills, one a run. Default: 10")
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
            throws IOException, InterruptedException {
        Path place = work == null ? Files.createTempDirectory("tongdao-faults") : work;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("fault runs in %s, seed %d, %d people%n", place, seed, people);
        List<FaultBench.Outcome> outcomes =
                new FaultBench(place, Place.home().resolve("ops/catalogue"), people, seed, out).run(runs);
        long wrong = outcomes.stream().filter(o -> !o.holds()).count();
        out.printf("%d kills: %d resumed to the same tables, %d did not%n", runs, runs - wrong, wrong);
        return wrong == 0 ? 0 : Main.NOT_RIGHT;
    }
}
