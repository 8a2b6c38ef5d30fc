package io.tongdao.ops.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The demo's phases: what a person sees while it runs, how long each took, and the file that tells other processes where it is. */
final class Phases {
    private final Path file;
    private final PrintStream out;
    private final Map<String, Duration> took = new LinkedHashMap<>();
    private String current = "";
    private Instant since = Instant.now();

    /** @param file holds the current phase's name */
    Phases(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /** Ends the current phase and begins the next. */
    void begin(String name, String title) throws IOException {
        end();
        current = name;
        Files.writeString(file, name);
        out.printf("▸ %s%n", title);
    }

    /** A line about the current phase. */
    void say(String format, Object... values) {
        out.printf("    " + format + "%n", values);
    }

    void end() {
        if (!current.isEmpty()) {
            took.put(current, Duration.between(since, Instant.now()));
            out.printf("    %.1f s%n", took.get(current).toMillis() / 1000.0);
        }
        current = "";
        since = Instant.now();
    }

    /** How long each phase took, in order. */
    Map<String, Duration> took() {
        return took;
    }
}
