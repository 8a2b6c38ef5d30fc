package io.tongdao.ops.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * A figure and what it has to be.
 *
 * @param what it is of
 * @param figure as it was found
 * @param limit in words
 */
public record Bar(String what, String figure, String limit, boolean held) {

    static Bar least(String what, double figure, double least) {
        return new Bar(what, text(figure), "at least " + text(least), figure >= least);
    }

    static Bar most(String what, double figure, double most) {
        return new Bar(what, text(figure), "at most " + text(most), figure <= most);
    }

    private static String text(double figure) {
        return figure >= 100 ? String.format(Locale.ROOT, "%,.0f", figure) : String.format(Locale.ROOT, "%.2f", figure);
    }

    /** A line for each. */
    public static void print(List<Bar> bars, PrintWriter out) {
        for (Bar bar : bars) {
            out.printf(
                    Locale.ROOT,
                    "%-62s %10s   %-16s %s%n",
                    bar.what,
                    bar.figure,
                    bar.limit,
                    bar.held ? "held" : "NOT HELD");
        }
        out.flush();
    }
}
