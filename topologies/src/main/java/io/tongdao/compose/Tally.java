package io.tongdao.compose;

import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Running figures over a subject's rows of one source. Sums are exact; what is not known adds nothing.
 *
 * @param definition {@link Figures#definition} by which it was counted
 * @param sums in the order of {@link Figures#summed}
 */
record Tally(String definition, long rows, List<Sum> sums) {
    private static final byte FORMAT = 1;

    /** @param known of how many rows the item is known */
    record Sum(long known, BigDecimal total) {
        private static final Sum NONE = new Sum(0, BigDecimal.ZERO);

        private Sum plus(@Nullable BigDecimal value) {
            return value == null ? this : new Sum(known + 1, total.add(value));
        }

        private Sum minus(@Nullable BigDecimal value) {
            return value == null ? this : known == 1 ? NONE : new Sum(known - 1, total.subtract(value));
        }
    }

    static Tally none(Figures figures) {
        return new Tally(
                figures.definition(), 0, Collections.nCopies(figures.summed().size(), Sum.NONE));
    }

    Tally with(Figures figures, GenericRecord row) {
        List<Sum> next = new ArrayList<>(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            next.add(sums.get(i).plus(number(figures, i, row)));
        }
        return new Tally(definition, rows + 1, List.copyOf(next));
    }

    Tally without(Figures figures, GenericRecord row) {
        List<Sum> next = new ArrayList<>(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            next.add(sums.get(i).minus(number(figures, i, row)));
        }
        return new Tally(definition, rows - 1, List.copyOf(next));
    }

    /** The sum of an item over the rows that have it; null: none has. */
    @Nullable
    BigDecimal sum(int index) {
        Sum sum = sums.get(index);
        return sum.known == 0 ? null : sum.total;
    }

    private static @Nullable BigDecimal number(Figures figures, int index, GenericRecord row) {
        return Figures.number(Figures.value(figures.summed().get(index), row));
    }

    byte[] encode() {
        StateOut out = new StateOut(FORMAT).text(definition).number(rows).count(sums.size());
        sums.forEach(sum -> out.number(sum.known).value(sum.total));
        return out.end();
    }

    static Tally decode(byte[] bytes) {
        StateIn in = new StateIn(bytes, FORMAT);
        String definition = in.text();
        long rows = in.number();
        List<Sum> sums = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            long known = in.number();
            sums.add(new Sum(known, in.value() instanceof BigDecimal total ? total : BigDecimal.ZERO));
        }
        return new Tally(definition, rows, List.copyOf(sums));
    }
}
