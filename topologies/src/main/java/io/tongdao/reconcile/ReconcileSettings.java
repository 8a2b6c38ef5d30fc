package io.tongdao.reconcile;

import java.time.Duration;
import javax.crypto.SecretKey;

/**
 * What reconciliation needs beside the plan.
 *
 * @param valueSetKey the installation's key under which sets of contradicting values are named; a change reopens every discrepancy
 * @param generation leads the versions of golden records; raised by a rebuild
 * @param reevaluations hears how far golden records are found anew by other rules
 * @param remember how long a deleted row and a vanished golden record stay known: at least the topics' {@code delete.retention.ms}
 */
public record ReconcileSettings(SecretKey valueSetKey, int generation, Duration remember, Reevaluations reevaluations) {
    /** Generation 1, remembering for 31 days: a day more than the topics do. */
    public static ReconcileSettings of(SecretKey valueSetKey) {
        return new ReconcileSettings(valueSetKey, 1, Duration.ofDays(31), new Reevaluations());
    }
}
