package io.tongdao.ops.cli;

import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.exchange.EmbeddedParts;
import io.tongdao.ops.exchange.Exchange;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.exchange.RunningExchange;
import io.tongdao.ops.exchange.SampleProvince;
import io.tongdao.ops.province.Generator;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tongdao up}: the sample province, until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        header = "Starts the sample province, and stays.",
        description = {
            "Starts the sample province and stays: broker, registry, databases, stages, lakehouse. Use status, grant"
                    + " and query",
            "with the same --data beside it. Ctrl-C stops it; the next start resumes."
        })
final class UpCommand implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    @Mixin
    private SamplePeople sample = new SamplePeople();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        LocalDate accepted = RunningExchange.accepted(place.data);
        PlanSource.check(place.catalogue, accepted);
        Generator generator = sample.generator();
        DataDirectory data = DataDirectory.open(place.data);
        Quiet.use(data);
        CountDownLatch stopped = new CountDownLatch(1);
        CompletableFuture<String> ended = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ended, stopped), "stop"));
        try (EmbeddedParts parts = EmbeddedParts.start(data)) {
            Plan plan = PlanSource.compile(place.catalogue, SampleProvince.variables(parts), accepted);
            SampleProvince.prepare(parts, SampleProvince.of(plan, generator), (table, rows) -> {});
            try (Exchange exchange = Exchange.start(parts, place.catalogue)) {
                welcome(exchange);
                exchange.failure().thenAccept(ended::complete);
                return ended(ended);
            }
        } finally {
            stopped.countDown();
        }
    }

    private void welcome(Exchange exchange) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Tongdao is up 已启动. Stop it with Ctrl-C.%n");
        out.printf("  broker    %s (SCRAM-SHA-256)%n", exchange.parts().broker().bootstrap());
        out.printf("  registry  %s%n", exchange.parts().registry().url());
        out.printf("  api       %s (令牌 token: ./tongdao token issue)%n", exchange.apiUrl());
        out.printf("  data      %s%n", exchange.parts().data().root());
        out.printf("  catalogue %s%n", exchange.catalogue().running().name());
        out.printf("  next      ./tongdao status --data %s%n", place.data);
        exchange.notFollowed(place.catalogue).forEach(line -> out.printf("note: %s%n", line));
        out.flush();
    }

    private int ended(CompletableFuture<String> ended) throws InterruptedException, ExecutionException {
        String why = ended.get();
        if (!why.isEmpty()) {
            throw new CommandFailedException(why + "; the log is in " + place.data.resolve("logs"));
        }
        return 0;
    }

    /** A signal ends the wait; the hook holds the JVM until everything is closed in order. */
    private static void stop(CompletableFuture<String> ended, CountDownLatch stopped) {
        ended.complete("");
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
