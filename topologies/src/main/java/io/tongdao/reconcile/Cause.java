package io.tongdao.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What made the golden records of a subject be found anew: a change of a source, a decision, the end of a grace period, other rules.
 *
 * @param at source time, none if a snapshot read it
 * @param timestamp of the record on its topic
 * @param now wall clock in milliseconds
 * @param dataset whose rows alone have changed since; null: anything may have. What waits with a snapshot's rows is found whole in its turn
 */
record Cause(
        byte[] subject,
        @Nullable Instant at,
        long timestamp,
        long now,
        @Nullable String dataset) {
    /** After which anything may be different. */
    Cause(byte[] subject, @Nullable Instant at, long timestamp, long now) {
        this(subject, at, timestamp, now, null);
    }

    /** Nothing that a source did: the clock, or other rules. */
    static Cause clock(byte[] subject, long now) {
        return new Cause(subject, null, now, now);
    }

    Instant when() {
        return at == null ? Instant.ofEpochMilli(timestamp) : at;
    }
}
