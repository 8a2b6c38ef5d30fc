package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends the child processes that an earlier run left behind, however it died. To be called with the {@link DataLock} held. */
public final class ChildProcesses {
    private static final Duration ORDERLY = Duration.ofSeconds(8);

    private ChildProcesses() {}

    /** Ends all recorded processes that still run, at the same time, and forgets them. */
    public static void stopLeftovers(DataDirectory data) throws InterruptedException {
        try (var entries = Files.list(data.run())) {
            stop(entries.filter(file -> file.toString().endsWith(ChildRecord.SUFFIX))
                    .toList());
        } catch (IOException e) {
            throw new StartFailedException("cannot read " + data.run() + ": " + e, e);
        }
    }

    static void stopLeftover(DataDirectory data, String name) throws IOException, InterruptedException {
        Path file = ChildRecord.file(data, name);
        stop(Files.exists(file) ? List.of(file) : List.of());
    }

    private static void stop(List<Path> files) throws IOException, InterruptedException {
        List<ProcessHandle> ending = new ArrayList<>();
        for (Path file : files) {
            ChildRecord child = ChildRecord.read(file);
            Optional<ProcessHandle> process = child.alive();
            if (process.isPresent()) {
                child.signal().send(process.get());
                ending.add(process.get());
            }
        }
        for (ProcessHandle process : ending) {
            awaitEnd(process, ORDERLY);
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Waits for a signalled process to end, and kills it if it does not. */
    static void awaitEnd(ProcessHandle process, Duration orderly) throws InterruptedException {
        try {
            process.onExit().get(orderly.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillThere) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new StartFailedException("cannot wait for process " + process.pid() + ": " + e, e);
        }
    }
}
