package io.tongdao.collect;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The breaks of a connection's reading (an agency's database is away, Kafka doesn't answer), and when it is begun again: after a second,
 * twice as long after each further break up to half a minute, and for ever; an agency that is down is no reason to stop the others. A
 * reading that held for a minute has recovered. Safe for several threads.
 */
final class Breaks {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration HELD = Duration.ofMinutes(1);

    private long count;
    private Duration pause = FIRST;
    private @Nullable String why;
    private @Nullable Instant begun;

    synchronized void began(Instant now) {
        begun = now;
    }

    /** @return after how long to begin again */
    synchronized Duration broke(String line, Instant now) {
        if (recovered(now)) {
            pause = FIRST;
        }
        Duration next = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        count++;
        why = line;
        begun = null;
        return next;
    }

    /** What broke it last, one line; null: nothing, or it has recovered. */
    synchronized @Nullable String problem(Instant now) {
        return recovered(now) ? null : why;
    }

    /** Since this process started. */
    synchronized long count() {
        return count;
    }

    private boolean recovered(Instant now) {
        return begun != null && Duration.between(begun, now).compareTo(HELD) >= 0;
    }
}
