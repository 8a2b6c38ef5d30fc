package io.tongdao.compose;

import io.tongdao.runtime.Generation;
import io.tongdao.runtime.Postponed.Patience;
import java.time.Duration;

/**
 * What composition needs beside the plan.
 *
 * @param generation leads the versions of composed rows; raised by a rebuild
 * @param remember how long a deleted row and a vanished composed row stay known: at least the topics' {@code delete.retention.ms}
 * @param postpone how long subjects wait for more of their rows while snapshots are read
 * @param slice rows composed in one go, when something that many rows show has changed: what a live change waits at most
 */
public record ComposeSettings(Generation generation, Duration remember, Patience postpone, int slice) {
    /** Golden records of the same rows come a while after them. */
    private static final Patience POSTPONE = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(30));

    /** Generation 1, remembering for 31 days, a day more than the topics do; slices of some 50 ms. */
    public static final ComposeSettings DEFAULT =
            new ComposeSettings(Generation.FIRST, Duration.ofDays(31), POSTPONE, 2_000);

    public ComposeSettings in(Generation now) {
        return new ComposeSettings(now, remember, postpone, slice);
    }

    ComposeSettings postponing(Patience patience) {
        return new ComposeSettings(generation, remember, patience, slice);
    }
}
