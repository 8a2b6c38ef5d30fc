package io.tongdao.ops.bench;

import io.tongdao.runtime.StageStatus;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;

/**
 * How a stage in a process of its own is doing.
 *
 * @param working whether it runs, and knows its topics
 * @param lag records that it has not committed
 * @param postponed subjects that wait with what snapshots read
 * @param streamNanos CPU of its stream threads since they began
 * @param processNanos CPU of the whole process: with compaction of stores, clients, collection of garbage
 */
record StageFigures(boolean working, long lag, long postponed, long streamNanos, long processNanos) {
    private static final String STREAM_THREAD = "-StreamThread-";

    static StageFigures of(StageStatus status) {
        return new StageFigures(
                status.restored() && !status.lag().isEmpty(),
                status.totalLag(),
                status.postponed(),
                streams(),
                ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos());
    }

    private static final String MARK = "figures: ";

    private static long streams() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().contains(STREAM_THREAD))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    /** Whether all is worked off. */
    boolean idle() {
        return working && lag == 0 && postponed == 0;
    }

    String line() {
        return MARK + working + " " + lag + " " + postponed + " " + streamNanos + " " + processNanos;
    }

    static boolean isLine(String line) {
        return line.startsWith(MARK);
    }

    static StageFigures parse(String line) {
        String[] parts = line.substring(MARK.length()).split(" ", -1);
        if (parts.length != 5) {
            throw new BenchFailed("the stage's process says something else than its figures");
        }
        return new StageFigures(
                Boolean.parseBoolean(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }
}
