package io.tongdao.ops.bench;

import io.tongdao.ops.embedded.BrokerAccess;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.EmbeddedBroker;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.ops.exchange.Rebuilding;
import io.tongdao.ops.exchange.RunningExchange;
import io.tongdao.ops.provision.Passwords;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.StageDesk;
import io.tongdao.runtime.StageRebuild;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Kills the whole process at seeded moments while a stage finds its state anew, and starts it again. The sources are what they were: so
 * nothing may be written that was not there, not even for a moment, and the demo must hold in the end.
 */
public final class RebuildFaults {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    /** A rebuild of the default number of people takes about so long. */
    private static final Duration REBUILD = Duration.ofSeconds(15);

    private final Path data;
    private final List<String> arguments;
    private final SplittableRandom random;
    private final PrintWriter out;

    /**
     * What one kill led to.
     *
     * @param phase in which it was killed
     * @param wrong topics that hold something else, or more records, than before
     */
    public record Outcome(
            int run, String stage, Duration killedAfter, String phase, Duration rebuilt, List<String> wrong) {}

    /** @param work an empty directory */
    public RebuildFaults(Path work, Path catalogue, int people, long seed, PrintWriter out) throws IOException {
        this.data = Files.createDirectories(work).resolve("rebuilt");
        this.random = new SplittableRandom(seed);
        this.out = out;
        this.arguments = List.of(
                "--catalogue",
                catalogue.toAbsolutePath().toString(),
                "--people",
                Integer.toString(people),
                "--seed",
                Long.toString(seed));
    }

    /** @throws BenchFailed if the demo before or after the kills does not hold */
    public List<Outcome> run(int kills) throws IOException, InterruptedException {
        demo("before the rebuilds");
        List<Outcome> outcomes = new ArrayList<>();
        DemoProcess process = DemoProcess.up(data, arguments);
        try {
            Map<String, WrittenTopic> before = written(running(process));
            for (int run = 1; run <= kills; run++) {
                String stage = Rebuilding.STAGES.get((run - 1) % Rebuilding.STAGES.size());
                long order = desk(running(process)).rebuild(stage, "bench", "killed on purpose");
                Duration moment = Duration.ofMillis(random.nextLong(REBUILD.toMillis()));
                Thread.sleep(moment);
                String phase = phase(desk(running(process)), stage, order);
                process.kill();
                process.close();
                Instant begin = Instant.now();
                process = DemoProcess.up(data, arguments);
                RunningExchange running = running(process);
                boolean done = desk(running).awaitDone(stage, order, LIMIT);
                Duration rebuilt = Duration.between(begin, Instant.now());
                List<String> wrong =
                        done ? differences(before, written(running)) : List.of("not rebuilt within " + LIMIT);
                outcomes.add(new Outcome(run, stage, moment, phase, rebuilt, wrong));
                out.printf(
                        Locale.ROOT,
                        "kill %2d: %-9s after %4.1f s, %s, rebuilt %5.1f s after the next start, %s%n",
                        run,
                        stage,
                        moment.toMillis() / 1000.0,
                        phase,
                        rebuilt.toMillis() / 1000.0,
                        wrong.isEmpty() ? "no record more" : "WRONG: " + wrong);
                out.flush();
            }
            process.stop();
        } finally {
            process.close();
        }
        demo("after the rebuilds");
        return outcomes;
    }

    private static String phase(StageDesk desk, String stage, long order) {
        StageRebuild rebuild = desk.rebuild(stage);
        return rebuild == null || rebuild.order() < order
                ? "ordered"
                : rebuild.phase().name().toLowerCase(Locale.ROOT);
    }

    private void demo(String when) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--plain");
        try (DemoProcess demo = DemoProcess.start(data, all)) {
            int exit = demo.await(LIMIT);
            if (exit != 0) {
                throw new BenchFailed("the demo " + when + " ended with " + exit + "; see " + data + ".out");
            }
        }
    }

    private RunningExchange running(DemoProcess process) throws IOException, InterruptedException {
        RunningExchange running = process.awaitRunning(LIMIT);
        if (running == null) {
            throw new BenchFailed("the exchange did not start; see " + data + ".out");
        }
        return running;
    }

    private StageDesk desk(RunningExchange running) throws IOException {
        var password = Passwords.in(DataDirectory.open(data)).of(Principals.DECIDE);
        return new StageDesk(
                BrokerAccess.settings(running.bootstrap(), Principals.DECIDE, password), InstantSource.system());
    }

    private Map<String, WrittenTopic> written(RunningExchange running) throws IOException {
        Map<String, Object> admin = BrokerAccess.settings(
                running.bootstrap(),
                EmbeddedBroker.ADMIN,
                Secrets.remembered(DataDirectory.open(data), EmbeddedBroker.ADMIN_SECRET));
        return WrittenTopic.all(
                admin,
                topic -> topic.startsWith("base.")
                        || topic.startsWith("theme.")
                        || topic.startsWith("ctl.apart.")
                        || topic.equals("flag.discrepancy")
                        || topic.equals("flag.review"));
    }

    private static List<String> differences(Map<String, WrittenTopic> before, Map<String, WrittenTopic> after) {
        List<String> wrong = new ArrayList<>();
        TreeSet<String> topics = new TreeSet<>(before.keySet());
        topics.addAll(after.keySet());
        for (String topic : topics) {
            WrittenTopic one = before.getOrDefault(topic, WrittenTopic.NONE);
            WrittenTopic other = after.getOrDefault(topic, WrittenTopic.NONE);
            if (!one.equals(other)) {
                wrong.add("%s: %,d records, then %,d".formatted(topic, one.records(), other.records()));
            }
        }
        return wrong;
    }
}
