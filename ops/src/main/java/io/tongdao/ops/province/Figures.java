package io.tongdao.ops.province;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the sample province measured, for its {@link Report}.
 *
 * @param loaded whether this run loaded the databases, or found them loaded
 * @param collected records that snapshots gave in this run
 * @param steps transactions of the script in this run
 * @param script transactions of the whole script
 * @param phases name → time, in order
 * @param cut null where this run suspended nothing
 * @param peakBytes of all processes together
 */
public record Figures(
        long people,
        long seed,
        boolean loaded,
        long collected,
        int steps,
        int script,
        Map<String, Duration> phases,
        Latency latency,
        @Nullable Cut cut,
        List<Check> checks,
        Duration whole,
        long peakBytes) {

    public Figures {
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
        checks = List.copyOf(checks);
    }

    /** From the source's commit to a reader of the authorised topic, milliseconds. */
    public record Latency(long p50, long p99, long changes) {}

    /**
     * A live consumer was suspended.
     *
     * @param took from the order until everything was cut
     * @param silent whether it got nothing more
     */
    public record Cut(Duration took, boolean silent) {}

    /** Every check holds, there is one at least, and who was cut got nothing more. */
    public boolean right() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok) && (cut == null || cut.silent());
    }
}
