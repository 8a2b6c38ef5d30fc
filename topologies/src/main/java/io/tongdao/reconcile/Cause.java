package io.tongdao.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What made the golden records of a subject be found anew: a change of a source, a decision, the end of a grace period, other rules.
 *
 * @param at source time, none if a snapshot read it
 * @param timestamp of the record on its topic
 * @param now wall clock in milliseconds
 */
record Cause(byte[] subject, @Nullable Instant at, long timestamp, long now) {
    /** Nothing that a source did: the clock, or other rules. */
    static Cause clock(byte[] subject, long now) {
        return new Cause(subject, null, now, now);
    }

    Instant when() {
        return at == null ? Instant.ofEpochMilli(timestamp) : at;
    }
}
