package io.tongdao.ops.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Peak of the proportional set size (PSS) of this process and all that belong to it, read from {@code /proc} every few
 * seconds: the kernel walks over all pages to tell it.
 */
public final class MemoryWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(4);
    private final Supplier<Set<Long>> roots;
    private final AtomicLong peak = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("memory-watch").factory());

    /** @param roots pids beside our own whose trees count: databases that left our process tree */
    public MemoryWatch(Supplier<Set<Long>> roots) {
        this.roots = roots;
        timer.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Bytes, 0 where {@code /proc} does not tell. */
    public long peak() {
        look();
        return peak.get();
    }

    private void look() {
        Set<Long> pids = new HashSet<>();
        tree(ProcessHandle.current(), pids);
        roots.get().forEach(pid -> ProcessHandle.of(pid).ifPresent(root -> tree(root, pids)));
        long sum = pids.stream().mapToLong(MemoryWatch::pss).sum();
        peak.accumulateAndGet(sum, Math::max);
    }

    /** One look at all processes for a whole tree: a look for each of its members would cost the square. */
    private static void tree(ProcessHandle root, Set<Long> pids) {
        if (pids.add(root.pid())) {
            root.descendants().forEach(member -> pids.add(member.pid()));
        }
    }

    private static long pss(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(
                                    line.substring(4, line.lastIndexOf(' ')).strip())
                            * 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
