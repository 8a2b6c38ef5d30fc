package io.tongdao.contract.plan;

import java.time.Duration;
import java.util.Set;

/**
 * How values are verified (核实、比对, art. 33), as the authority sets it for all.
 *
 * @param window over which attempts are counted
 * @param attempts of one consumer about one item of one subject
 * @param unknown so many subjects of whom nothing was found, and a grant is suspended: somebody tries numbers
 * @param differing so many answers about one subject that did not match, and a grant is suspended: somebody tries values
 * @param batch the most subjects in one question
 * @param sensitive datasets of which nobody may learn whether a subject is in them
 */
public record VerifyPlan(Duration window, int attempts, int unknown, int differing, int batch, Set<String> sensitive) {
    /** What holds where terms.yaml says nothing else, and no dataset hides its members. */
    public static final VerifyPlan DEFAULT = new VerifyPlan(Duration.ofDays(1), 5, 50, 20, 100, Set.of());

    private static final int SENSITIVE_LEVEL = 4;

    public VerifyPlan {
        sensitive = Set.copyOf(sensitive);
    }

    /** Whether nothing being held of an item of this level (1-4 of GB/T 43697) already tells something. */
    public static boolean sensitive(int level) {
        return level >= SENSITIVE_LEVEL;
    }

    /** The same limits over these datasets. */
    public VerifyPlan hiding(Set<String> datasets) {
        return new VerifyPlan(window, attempts, unknown, differing, batch, datasets);
    }
}
