package io.tongdao.ops.cli;

import io.tongdao.ops.demo.Demo;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.exchange.RunningExchange;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tongdao demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "The sample province end to end, verified row by row.",
        description = {
            "The sample province end to end: databases, streams, tables, a share and a return. It loads, collects, reconciles,",
            "releases, lives through a script of changes, then verifies every row against the databases and prints a report.",
            "Run again with the same --data it resumes without loading again, also after a kill. Exit 0 only if all is right."
        })
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    @Mixin
    private SamplePeople sample = new SamplePeople();

    @Option(
            names = "--pace",
            paramLabel = "MS",
            defaultValue = "30",
            description = "Pause between two of the script's transactions. Default: 30")
    private long pace;

    @Option(names = "--plain", description = "No progress bars; there are none either where the output is no terminal.")
    private boolean plain;

    @Option(names = "--show-values", description = "A failed check shows values of the made-up people.")
    private boolean showValues;

    @Option(
            names = "--digests",
            description =
                    "Also writes a digest of every table but audit.* to run/tables.json below --data: equal runs have equal ones.")
    private boolean digests;

    @Override
    public Integer call() throws Exception {
        PlanSource.check(place.catalogue, RunningExchange.accepted(place.data));
        sample.generator();
        DataDirectory data = DataDirectory.open(place.data);
        Quiet.use(data);
        boolean bars = !plain && Boolean.getBoolean("tongdao.terminal");
        Demo.Options options = new Demo.Options(
                place.catalogue, sample.people(), sample.seed(), Duration.ofMillis(pace), bars, showValues, digests);
        boolean right = new Demo(data, options, System.out).run();
        return right ? 0 : Main.NOT_RIGHT;
    }
}
