package io.tongdao.ops.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Watches a stage work its queue off, and says how it goes. */
final class StageWatch {
    private static final long STEP_MILLIS = 50;
    private static final long WORDS = Duration.ofSeconds(10).toNanos();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** A fifth of a queue warms the process up. */
    private static final int WARM_UP = 5;

    private final StageChild child;
    private final String name;
    private final PrintWriter out;
    private long told = System.nanoTime();
    private long moved = System.nanoTime();
    private long left = -1;

    StageWatch(StageChild child, String name, PrintWriter out) {
        this.child = child;
        this.name = name;
        this.out = out;
    }

    /**
     * What working a queue off took.
     *
     * @param micros CPU of the process for a record, in microseconds
     * @param streamMicros CPU of the stream threads alone
     */
    record Worked(double perSecond, double micros, double streamMicros) {}

    private record Point(long time, long lag, StageFigures figures) {}

    /**
     * Waits until nothing is left to do.
     *
     * @throws BenchFailed if nothing moved for some minutes
     */
    StageFigures idle() throws IOException, InterruptedException {
        for (StageFigures figures = look(); ; figures = look()) {
            if (figures.idle()) {
                return figures;
            }
        }
    }

    /**
     * Measures from when a fifth is done to the end; commits are what is seen of it, so it begins and ends with one.
     *
     * @param records of the queue that waits
     */
    Worked work(long records) throws IOException, InterruptedException {
        Point begin = null;
        for (Point last = point(); ; last = point()) {
            if (last.figures.working()) {
                begin = begin(begin, last, records);
                if (last.figures.idle()) {
                    return worked(begin, last);
                }
            }
        }
    }

    private static Point begin(@Nullable Point begin, Point now, long records) {
        boolean warming = begin == null || (begin.lag > records - records / WARM_UP && now.lag < begin.lag);
        return warming && now.lag > 0 ? now : begin == null ? now : begin;
    }

    private static Worked worked(Point begin, Point end) {
        double records = Math.max(1, begin.lag - end.lag);
        return new Worked(
                records * 1e9 / Math.max(1, end.time - begin.time),
                (end.figures.processNanos() - begin.figures.processNanos()) / records / 1000,
                (end.figures.streamNanos() - begin.figures.streamNanos()) / records / 1000);
    }

    private Point point() throws IOException, InterruptedException {
        StageFigures figures = look();
        return new Point(System.nanoTime(), figures.lag(), figures);
    }

    private StageFigures look() throws IOException, InterruptedException {
        Thread.sleep(STEP_MILLIS);
        StageFigures figures = child.figures();
        long now = System.nanoTime();
        long rest = figures.lag() + figures.postponed();
        if (rest != left) {
            left = rest;
            moved = now;
        } else if (!figures.idle() && now - moved > PATIENCE.toNanos()) {
            throw new BenchFailed(name + " does not move: " + rest + " left");
        }
        if (now - told > WORDS && figures.working()) {
            told = now;
            out.printf(
                    Locale.ROOT,
                    "           %s: %,d records wait, %,d subjects postponed%n",
                    name,
                    figures.lag(),
                    figures.postponed());
            out.flush();
        }
        return figures;
    }
}
