package io.tongdao.ops.cli;

import io.tongdao.ops.bench.Bar;
import io.tongdao.ops.bench.QueryBench;
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

/** {@code tongdao bench query}: what an analyst waits for. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "What an analyst waits for, on a table of golden records that the sink's own writer made: the first result of",
            "./tongdao query with the JVM's start, over the whole table and by key, and a look-up by key in its prompt. Exit 0 only",
            "if the first results come within 2 s and 99 of 100 look-ups within 200 ms. Wants the machine for itself."
        })
final class BenchQueryCommand implements Callable<Integer> {
    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000000", description = "Default: 1,000,000")
    private int rows;

    @Option(names = "--starts", paramLabel = "N", defaultValue = "7", description = "Of the JVM, a query. Default: 7")
    private int starts;

    @Option(names = "--look-ups", paramLabel = "N", defaultValue = "200", description = "In the prompt. Default: 200")
    private int lookUps;

    @Option(names = "--work", paramLabel = "DIR", description = "An empty directory. Default: a temporary one")
    private @Nullable Path work;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path place = work == null ? Files.createTempDirectory("tongdao-query") : work;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("queries in %s%n", place);
        List<Bar> bars = QueryBench.run(Place.home(), place, new QueryBench.Load(rows, starts, lookUps), out);
        Bar.print(bars, out);
        return bars.stream().allMatch(Bar::held) ? 0 : Main.NOT_RIGHT;
    }
}
