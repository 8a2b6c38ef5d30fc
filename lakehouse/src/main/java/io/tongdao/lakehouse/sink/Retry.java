package io.tongdao.lakehouse.sink;

import java.time.Duration;

/** When to try again after a fault: the same again and again is tried more and more rarely. */
final class Retry {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private String fault = "";
    private Duration pause = FIRST;
    private long at = System.nanoTime();

    boolean isDue() {
        return System.nanoTime() - at >= 0;
    }

    /** Waits after a fault; whether it is another one than last time. */
    boolean after(String why) {
        boolean other = !why.equals(fault);
        fault = why;
        at = System.nanoTime() + pause.toNanos();
        pause = pause.compareTo(AT_MOST) < 0 ? pause.multipliedBy(2) : AT_MOST;
        return other;
    }

    void done() {
        fault = "";
        pause = FIRST;
    }
}
