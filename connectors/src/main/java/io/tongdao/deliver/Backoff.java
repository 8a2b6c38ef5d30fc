package io.tongdao.deliver;

import java.time.Duration;
import java.time.Instant;

/** When what failed is tried again: after one second, then twice as long each time, at most a minute. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private Duration wait = FIRST;
    private Instant due = Instant.MIN;

    boolean due(Instant now) {
        return !now.isBefore(due);
    }

    void failed(Instant now) {
        due = now.plus(wait);
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    void over() {
        wait = FIRST;
        due = Instant.MIN;
    }
}
