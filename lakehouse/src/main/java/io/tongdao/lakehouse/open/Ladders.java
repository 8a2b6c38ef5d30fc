package io.tongdao.lakehouse.open;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All choices of one rung of each ladder, and how much each tells less than the finest (信息损失). A cell on rung {@code r} of a ladder of
 * {@code h} rungs loses {@code r / (h - 1)}, one whose row is left out loses 1; the loss of a publication is the mean over all cells of
 * quasi-identifiers (Sweeney's precision, with suppressed rows in it). Reckoned in whole numbers: the same on every machine.
 */
final class Ladders {
    private final int[] heights;
    private final long unit;

    Ladders(int[] heights) {
        this.heights = heights.clone();
        this.unit = Arrays.stream(heights)
                .mapToLong(height -> Math.max(1, height - 1))
                .reduce(1, Ladders::multiple);
    }

    private static long multiple(long a, long b) {
        BigInteger common = BigInteger.valueOf(a).gcd(BigInteger.valueOf(b));
        return a / common.longValueExact() * b;
    }

    /** The least loss first; of equal ones that which keeps the items that are listed first. */
    List<int[]> choices() {
        List<int[]> all = new ArrayList<>();
        all.add(new int[heights.length]);
        for (int item = 0; item < heights.length; item++) {
            List<int[]> more = new ArrayList<>();
            for (int[] choice : all) {
                for (int rung = 0; rung < heights[item]; rung++) {
                    int[] next = choice.clone();
                    next[item] = rung;
                    more.add(next);
                }
            }
            all = more;
        }
        all.sort(Comparator.<int[]>comparingLong(this::row).thenComparing(Arrays::compare));
        return all;
    }

    /** What a published row loses, in units. */
    long row(int[] levels) {
        long loss = 0;
        for (int item = 0; item < levels.length; item++) {
            loss += heights[item] == 1 ? 0 : levels[item] * (unit / (heights[item] - 1));
        }
        return loss;
    }

    /** What a row loses that is left out, in units. */
    long all() {
        return unit * heights.length;
    }

    /** Of the whole, in units. */
    long of(Outcome outcome) {
        return row(outcome.levels()) * outcome.published() + all() * outcome.suppressed();
    }

    /** Between 0 and 1. */
    double share(Outcome outcome) {
        return outcome.rows() == 0 ? 0 : (double) of(outcome) / all() / outcome.rows();
    }
}
