package io.tongdao.compose;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of all of a subject's rows of one source, so that no change costs more than its own row: their number and sums, and values in
 * their order for the least, the greatest and the newest.
 *
 * @param summed items whose sum is kept
 * @param sorted items whose values are kept in order
 * @param definition names what is kept: figures of another are counted anew from the rows
 */
record Figures(List<Kept> summed, List<Kept> sorted, String definition) {

    /** An item and where it stands. */
    record Kept(String item, int position) {}

    static Figures of(Source source, Source.Need need) {
        Set<String> order = new TreeSet<>(need.sorted());
        if (need.spoken() && !source.single()) {
            order.add(source.asOf());
        }
        List<Kept> summed = kept(source, need.summed());
        List<Kept> sorted = kept(source, order);
        boolean any = need.counted() || !summed.isEmpty() || !sorted.isEmpty();
        return new Figures(summed, sorted, any ? Fingerprint.of(summed + " " + sorted) : "");
    }

    private static List<Kept> kept(Source source, Set<String> items) {
        List<Kept> kept = new ArrayList<>();
        new TreeSet<>(items).forEach(item -> kept.add(new Kept(item, item.isEmpty() ? -1 : source.position(item))));
        return List.copyOf(kept);
    }

    /** Whether anything is kept of this source. */
    boolean any() {
        return !definition.isEmpty();
    }

    /** Which of {@link Tally#sums} is an item's. */
    int sum(String item) {
        for (int i = 0; i < summed.size(); i++) {
            if (summed.get(i).item().equals(item)) {
                return i;
            }
        }
        throw new IllegalStateException("no sum of " + item + " is kept");
    }

    /** The value of one item of a row. A source without a word for when its rows were true has none: all rows sort alike. */
    static @Nullable Object value(Kept kept, GenericRecord row) {
        return kept.position() < 0 ? null : row.get(kept.position());
    }

    /** Whole numbers are summed exactly too. */
    static @Nullable BigDecimal number(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number;
            case Number number -> BigDecimal.valueOf(number.longValue());
            default -> throw new IllegalStateException("a sum of values that are no numbers");
        };
    }
}
