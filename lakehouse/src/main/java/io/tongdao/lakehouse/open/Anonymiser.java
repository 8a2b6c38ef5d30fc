package io.tongdao.lakehouse.open;

import io.tongdao.contract.open.PublicationPlan.Bounds;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the least generalisation under which nobody can be told from a publication and all its former versions (k-anonymity and l-diversity).
 *
 * <p>Guaranteed, of an attacker who has every version ever published, to anybody, and knows of each person or body its quasi-identifiers in each
 * version and in which versions it is: by these he can tell it from no fewer than {@code k - 1} others, and the rows that it may be have
 * {@code l} values or more of each sensitive item. For sets that can be made of the versions' groups by union, intersection and difference are
 * unions of atoms, and each atom keeps the bounds: that is tested, over the whole snapshot and the whole history. A row that appears or vanishes
 * is therefore published only with rows of {@code k} people or bodies of its group that did the same in all versions. Several rows about one count
 * once.
 *
 * <p>Not guaranteed: that an attacker who knows sensitive values of others can't infer by exclusion; that values of {@code l} kinds are evenly
 * spread, or differ in what they mean (t-closeness); anything against one who knows whose sensitive value changed between two versions; against
 * other publications, of the same or another table, and registers outside; nor that which rows were left out tells nothing to one who knows
 * totals from elsewhere. Whoever composes publications assesses that (art. 25, 38).
 */
public final class Anonymiser {
    private static final int PERCENT = 100;
    private final Snapshot snapshot;
    private final Bounds bounds;
    private final Ladders ladders;

    public Anonymiser(Snapshot snapshot, Bounds bounds) {
        this.snapshot = snapshot;
        this.bounds = bounds;
        this.ladders = new Ladders(snapshot.heights());
    }

    /** What the search came to. */
    public sealed interface Result {
        /** @param loss between 0 and 1 */
        record Found(Outcome outcome, double loss) implements Result {}

        /** @param nearest the choice that leaves the fewest rows out: still too many */
        record Refused(Outcome nearest, int limit) implements Result {}
    }

    /** The most rows that may be left out. */
    public int limit() {
        return (int) ((long) snapshot.rows() * bounds.suppressPercent() / PERCENT);
    }

    /**
     * Tries choices by what their rows would lose if none were left out, until none that follows can lose less than the best. Of equal losses the
     * choice wins that leaves fewer rows out, then the one that keeps the items that are listed first.
     */
    public Result search() {
        Outcome best = null;
        Outcome nearest = null;
        for (int[] choice : ladders.choices()) {
            if (best != null && ladders.row(choice) * snapshot.rows() > ladders.of(best)) {
                break;
            }
            Outcome outcome = Grouping.of(snapshot, bounds, choice);
            if (outcome.suppressed() <= limit() && outcome.published() > 0 && better(outcome, best)) {
                best = outcome;
            }
            if (nearest == null || outcome.suppressed() < nearest.suppressed()) {
                nearest = outcome;
            }
        }
        if (best != null) {
            return new Result.Found(best, ladders.share(best));
        }
        return new Result.Refused(nearest == null ? new Outcome(new int[0], new int[0], 0, 0, 0) : nearest, limit());
    }

    private boolean better(Outcome outcome, @Nullable Outcome best) {
        return best == null
                || Comparator.comparingLong(ladders::of)
                                .thenComparingInt(Outcome::suppressed)
                                .compare(outcome, best)
                        < 0;
    }
}
