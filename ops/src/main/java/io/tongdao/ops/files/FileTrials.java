package io.tongdao.ops.files;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was tried and did not come off: when it is tried again, later and later, and why it waits. For one thread. */
final class FileTrials {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int DOUBLED = 6;
    private final Map<String, Trial> trials = new HashMap<>();

    private record Trial(int times, Instant next, String why) {}

    /** Whether it is time to try. */
    boolean timeFor(String what, Instant now) {
        Trial last = trials.get(what);
        return last == null || !now.isBefore(last.next());
    }

    void failed(String what, Instant now, String why) {
        @Nullable Trial last = trials.get(what);
        int times = last == null ? 0 : last.times();
        Duration wait = FIRST.multipliedBy(1L << Math.min(times, DOUBLED));
        trials.put(what, new Trial(times + 1, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait), why));
    }

    void succeeded(String what) {
        trials.remove(what);
    }

    /** Why it waits; empty: it does not. */
    String why(String what) {
        Trial last = trials.get(what);
        return last == null ? "" : last.why();
    }
}
