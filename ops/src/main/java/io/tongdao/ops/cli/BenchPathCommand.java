package io.tongdao.ops.cli;

import io.tongdao.ops.bench.Bar;
import io.tongdao.ops.bench.PathBench;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao bench path}: from an agency's commit to the authorised consumer. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        description = {
            "The whole path at a steady rate: an agency commits in its database, the consumer of a grant on golden records has the",
            "record, while the whole sample province runs beside it in one process: every stage, the lakehouse, the returns.",
            "Exit 0 only if p99 is 1,500 ms or less at the rate asked for. Wants the machine for itself."
        })
final class BenchPathCommand implements Callable<Integer> {
    @Option(names = "--people", paramLabel = "N", defaultValue = "20000", description = "Default: 20,000")
    private int people;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "1000", description = "Commits a second. Default: 1,000")
    private int rate;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30", description = "Measured. Default: 30")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "30",
            description =
                    "Seconds at the same rate before, which the JVM's compilers have the machine for. Default: 30")
    private int warmUp;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the province.")
    private long seed;

    @Option(names = "--work", paramLabel = "DIR", description = "An empty directory. Default: a temporary one")
    private @Nullable Path work;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path place = work == null ? Files.createTempDirectory("tongdao-path") : work;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("the whole path in %s%n", place);
        PathBench.Load load = new PathBench.Load(people, rate, seconds, warmUp, seed);
        List<Bar> bars = PathBench.run(place, Place.home().resolve("ops/catalogue"), load, out);
        Bar.print(bars, out);
        return bars.stream().allMatch(Bar::held) ? 0 : Main.NOT_RIGHT;
    }
}
