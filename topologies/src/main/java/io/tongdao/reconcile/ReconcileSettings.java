package io.tongdao.reconcile;

import io.tongdao.runtime.Generation;
import io.tongdao.runtime.Postponed.Patience;
import java.time.Duration;
import javax.crypto.SecretKey;

/**
 * What reconciliation needs beside the plan.
 *
 * @param valueSetKey the installation's key under which sets of contradicting values are named; a change reopens every discrepancy
 * @param generation leads the versions of golden records; raised by a rebuild
 * @param remember how long a deleted row and a vanished golden record stay known: at least the topics' {@code delete.retention.ms}
 * @param history how long the log of subjects keeps every version, for explain; costs its disk and the time of a restore. Counts where
 *     the log is made
 * @param recount how often agreeing and contradicted claims are counted anew, where something has changed
 * @param postpone how long subjects wait for more of their rows while snapshots are read
 * @param manyRows of more rows of one dataset about a subject each lies apart, and only those that speak are read at a change (0228, 0270)
 * @param reevaluations hears how far golden records are found anew by other rules
 */
public record ReconcileSettings(
        SecretKey valueSetKey,
        Generation generation,
        Duration remember,
        Duration history,
        Duration recount,
        Patience postpone,
        int manyRows,
        Reevaluations reevaluations) {
    private static final int MANY_ROWS = 16;
    static final Patience POSTPONE = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** Generation 1, remembering for 31 days, a day more than the topics do; 30 days of history; counted each quarter of an hour. */
    public static ReconcileSettings of(SecretKey valueSetKey) {
        return new ReconcileSettings(
                valueSetKey,
                Generation.FIRST,
                Duration.ofDays(31),
                Duration.ofDays(30),
                Duration.ofMinutes(15),
                POSTPONE,
                MANY_ROWS,
                new Reevaluations());
    }

    public ReconcileSettings in(Generation now) {
        return new ReconcileSettings(valueSetKey, now, remember, history, recount, postpone, manyRows, reevaluations);
    }

    ReconcileSettings recounting(Duration every) {
        return new ReconcileSettings(
                valueSetKey, generation, remember, history, every, postpone, manyRows, reevaluations);
    }

    ReconcileSettings postponing(Patience patience) {
        return new ReconcileSettings(
                valueSetKey, generation, remember, history, recount, patience, manyRows, reevaluations);
    }

    ReconcileSettings hearing(int many) {
        return new ReconcileSettings(
                valueSetKey, generation, remember, history, recount, postpone, many, reevaluations);
    }
}
