package io.tongdao.contract.plan;

import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a golden item is chosen among its sources (一数一源, art. 23). Time is the sources' own word ({@code as_of}), never the
 * clock: age counts back from the newest word of any source of the item about the subject.
 */
public sealed interface Strategy {
    /** A source of record leads, fallbacks follow in order. */
    Strategy LED = new Led();

    record Led() implements Strategy {}

    /**
     * The value that was true last; of equal ones the first source's.
     *
     * @param maxAge an older value is none; null: of any age
     */
    record MostRecent(@Nullable Period maxAge) implements Strategy {}

    /**
     * The value of the most trusted source. Values that differ, of sources within a margin of the best, are a discrepancy, and the ties
     * decide among them.
     *
     * @param scores of the rule's sources, in their order, 0-100
     * @param halfLife after which half of the trust above the floor is gone; null: trust does not age
     * @param floor what ageing leaves
     * @param margin 0: only equal scores are tied
     * @param ties in the order in which they are asked; the order of the sources comes last
     */
    record Trust(List<Integer> scores, @Nullable Period halfLife, int floor, int margin, List<Tie> ties)
            implements Strategy {}

    /**
     * The value that most sources agree on, if at least so many do; of equally many the first source's. Else the first source that has a
     * value.
     */
    record Agree(int sources) implements Strategy {}

    /** What decides between sources that are trusted alike. */
    enum Tie {
        TRUST,
        EVENT_TIME,
        SOURCE_ORDER
    }

    /** Whether one needs to know when a value was true. */
    static boolean timed(Strategy strategy) {
        return switch (strategy) {
            case Led led -> false;
            case Agree agree -> false;
            case MostRecent recent -> true;
            case Trust trust -> trust.halfLife() != null || trust.ties().contains(Tie.EVENT_TIME);
        };
    }
}
