package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that this process runs beside itself. It can't be left behind: it is written down before it runs, a watchdog ends it when
 * this process dies, and the next start ends what the watchdog missed. It has a session of its own, so that Ctrl-C reaches only us.
 */
final class ChildProcess implements AutoCloseable {
    private static final long LOG_BYTES = 20L << 20;
    private static final Duration ORDERLY = Duration.ofSeconds(20);
    private static final Duration PROBE_EVERY = Duration.ofMillis(50);
    /** Waits for the word to go, which never comes if we die before the pid is written down. */
    private static final String ON_GO = "read -r go && exec \"$@\"";
    /** The end of its input tells the watchdog that we are gone; it looks again whose pid that is. */
    private static final String ON_OUR_END =
            "read -r end; grep -qF -- \"$2\" /proc/$1/cmdline 2>/dev/null && kill -s $3 $1";

    private final Command command;
    private final Process process;
    private final Process watchdog;
    private final Path recordFile;
    private final Path log;

    /**
     * @param name names the part: {@code run/<name>.pid}, {@code logs/<name>.log}
     * @param marker a word of the command line that no process of another data directory has
     * @param close the signal for an orderly stop
     * @param leftover the signal for a process that nobody owns any more
     */
    record Command(
            String name,
            List<String> words,
            Map<String, String> environment,
            String marker,
            StopSignal close,
            StopSignal leftover) {}

    /** Whether the server answers; a failure to connect counts as no. */
    @FunctionalInterface
    interface Probe {
        boolean answers() throws InterruptedException;
    }

    private ChildProcess(Command command, Process process, Process watchdog, Path recordFile, Path log) {
        this.command = command;
        this.process = process;
        this.watchdog = watchdog;
        this.recordFile = recordFile;
        this.log = log;
    }

    static ChildProcess start(DataDirectory data, Command command) throws IOException {
        Path log = data.logs().resolve(command.name() + ".log");
        Path recordFile = ChildRecord.file(data, command.name());
        Process process = waiting(command, log);
        ChildRecord.of(process.toHandle(), command.leftover(), command.marker()).write(recordFile);
        Process watchdog = watch(process.pid(), command);
        try (var input = process.getOutputStream()) {
            input.write("go\n".getBytes(StandardCharsets.UTF_8));
        }
        return new ChildProcess(command, process, watchdog, recordFile, log);
    }

    private static Process waiting(Command command, Path log) throws IOException {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", ON_GO, command.name()));
        words.addAll(ownSession());
        words.addAll(command.words());
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(appendTo(log));
        // Options for every JVM of the user are meant for neither part: they would raise its memory or talk into its
        // log.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    private static Process watch(long pid, Command command) throws IOException {
        List<String> words = new ArrayList<>(ownSession());
        words.addAll(List.of("/bin/sh", "-c", ON_OUR_END, "tongdao-watchdog"));
        words.addAll(
                List.of(Long.toString(pid), command.marker(), command.leftover().name()));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> ownSession() {
        return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
    }

    private static ProcessBuilder.Redirect appendTo(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return ProcessBuilder.Redirect.appendTo(log.toFile());
    }

    /** @throws StartFailedException if the process ends, or does not answer within {@code limit}; it is stopped then */
    void awaitReady(Probe probe, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!probe.answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String what =
                        process.isAlive() ? "did not answer within " + limit.toSeconds() + " s" : "ended at start";
                close();
                throw new StartFailedException(command.name() + " " + what + "; see " + log);
            }
            Thread.sleep(PROBE_EVERY);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            command.close().send(process.toHandle());
            ChildProcesses.awaitEnd(process.toHandle(), ORDERLY);
            Files.deleteIfExists(recordFile);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            watchdog.destroyForcibly();
        }
    }
}
