package io.tongdao.ops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.exchange.EmbeddedKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Kills the whole process at seeded moments of the demo's live phase, starts the same command again, and compares the final tables
 * with those of an unbroken run. One run is one kill.
 */
public final class FaultBench {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private final Path work;
    private final Path catalogue;
    private final int people;
    private final long seed;
    private final PrintWriter out;

    /** @param work an empty directory: a folder per run, kept where a run failed */
    public FaultBench(Path work, Path catalogue, int people, long seed, PrintWriter out) {
        this.work = work;
        this.catalogue = catalogue;
        this.people = people;
        this.seed = seed;
        this.out = out;
    }

    /**
     * What one kill led to.
     *
     * @param killedAfter from the beginning of the live phase
     * @param resumed from the second start to its end
     */
    public record Outcome(int run, Duration killedAfter, Duration resumed, int exitCode, List<String> differences) {
        public boolean holds() {
            return exitCode == 0 && differences.isEmpty();
        }
    }

    /** Runs the unbroken run, then {@code runs} broken ones. */
    public List<Outcome> run(int runs) throws IOException, InterruptedException {
        Files.createDirectories(work);
        Path whole = work.resolve("unbroken");
        Duration live = unbroken(whole);
        out.printf("unbroken run: done, live phase %.1f s%n", seconds(live));
        List<Outcome> outcomes = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 1; run <= runs; run++) {
            Duration moment = Duration.ofMillis(random.nextLong(live.toMillis() + 1));
            Outcome outcome = broken(run, moment, whole);
            out.printf(
                    "run %2d: kill -9 after %5.1f s of the live phase, resumed in %5.1f s, exit %d, %s%n",
                    run,
                    seconds(outcome.killedAfter()),
                    seconds(outcome.resumed()),
                    outcome.exitCode(),
                    outcome.differences().isEmpty() ? "same tables" : "DIFFERENT: " + outcome.differences());
            out.flush();
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private Duration unbroken(Path data) throws IOException, InterruptedException {
        try (DemoProcess demo = DemoProcess.start(data, arguments())) {
            if (!demo.awaitPhase("live", LIMIT)) {
                throw new IllegalStateException("the unbroken run did not reach its live phase; see " + data + ".out");
            }
            Instant begin = Instant.now();
            if (!demo.awaitPhase("verify", LIMIT)) {
                throw new IllegalStateException("the unbroken run did not end its live phase; see " + data + ".out");
            }
            Duration live = Duration.between(begin, Instant.now());
            int exit = demo.await(LIMIT);
            if (exit != 0) {
                throw new IllegalStateException("the unbroken run ended with " + exit + "; see " + data + ".out");
            }
            return live;
        }
    }

    private Outcome broken(int run, Duration moment, Path whole) throws IOException, InterruptedException {
        Path data = work.resolve("run-" + run);
        shareTokens(whole, data);
        try (DemoProcess first = DemoProcess.start(data, arguments())) {
            if (!first.awaitPhase("live", LIMIT)) {
                return new Outcome(run, moment, Duration.ZERO, -1, List.of("no live phase; see " + data + ".out"));
            }
            Thread.sleep(moment);
            first.kill();
        }
        Instant begin = Instant.now();
        try (DemoProcess second = DemoProcess.start(data, arguments())) {
            int exit = second.await(LIMIT);
            Duration resumed = Duration.between(begin, Instant.now());
            return new Outcome(run, moment, resumed, exit, exit == 0 ? differences(whole, data) : List.of());
        }
    }

    /** With the same keys, tokens of both runs can be compared. */
    private static void shareTokens(Path from, Path to) throws IOException {
        Path secrets = DataDirectory.open(to).secrets();
        for (Path file : EmbeddedKeys.tokenFiles(DataDirectory.open(from))) {
            Files.copy(file, secrets.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private List<String> arguments() {
        return List.of(
                "--catalogue",
                catalogue.toAbsolutePath().toString(),
                "--people",
                Integer.toString(people),
                "--seed",
                Long.toString(seed),
                "--plain",
                "--digests");
    }

    /** Tables whose rows differ, by name; the files are digests that the demo wrote. */
    private static List<String> differences(Path whole, Path broken) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode expected = json.readTree(whole.resolve("run/tables.json").toFile());
        JsonNode actual = json.readTree(broken.resolve("run/tables.json").toFile());
        List<String> found = new ArrayList<>();
        expected.fieldNames().forEachRemaining(table -> {
            if (!expected.get(table).equals(actual.get(table))) {
                found.add(table);
            }
        });
        actual.fieldNames().forEachRemaining(table -> {
            if (!expected.has(table)) {
                found.add(table);
            }
        });
        return found;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
