package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is written down about a child process, to find it again after this process died: its pid, when it started, the signal that
 * ends it, and words of its command line. A process that merely reuses the pid matches neither time nor words.
 */
record ChildRecord(long pid, Instant started, StopSignal signal, String marker) {
    /** The system derives start times from a clock that may be adjusted meanwhile. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    static final String SUFFIX = ".pid";

    static Path file(DataDirectory data, String name) {
        return data.run().resolve(name + SUFFIX);
    }

    static ChildRecord of(ProcessHandle process, StopSignal signal, String marker) {
        Instant started = process.info().startInstant().orElse(Instant.now());
        return new ChildRecord(process.pid(), started, signal, marker);
    }

    void write(Path file) throws IOException {
        String text = String.join("\n", Long.toString(pid), started.toString(), signal.name(), marker, "");
        DurableFiles.write(file, text, DurableFiles.SHARED);
    }

    static ChildRecord read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return new ChildRecord(
                Long.parseLong(lines.get(0)),
                Instant.parse(lines.get(1)),
                StopSignal.valueOf(lines.get(2)),
                lines.get(3));
    }

    /** The recorded process, if it still runs. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
    }

    private boolean isSame(ProcessHandle process) {
        boolean sameStart = process.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(CLOCK_STEP) <= 0)
                .orElse(false);
        return sameStart && process.info().commandLine().orElse("").contains(marker);
    }
}
