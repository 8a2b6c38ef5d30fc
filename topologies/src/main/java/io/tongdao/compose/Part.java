package io.tongdao.compose;

import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The items of a table, or of what stands beside its rows, that come from one row of one source.
 *
 * @param targets where they go
 * @param from where they stand in the source's record
 * @param names as the source calls them: what its {@code _disputed} lists
 */
@SuppressWarnings("ArrayRecordComponent") // compiled positions, never compared
record Part(Source source, int[] targets, int[] from, List<String> names) {

    /** @param items of this source, with the place each goes to */
    static Part of(Source source, List<Target> items) {
        return new Part(
                source,
                items.stream().mapToInt(Target::to).toArray(),
                items.stream()
                        .mapToInt(item -> source.position(item.item().sourceItem()))
                        .toArray(),
                items.stream().map(item -> item.item().sourceItem()).toList());
    }

    record Target(ThemePlan.Item item, int to) {}

    /** Fills in what a row says; nothing if there is none. */
    void fill(@Nullable GenericRecord row, Values values) {
        if (row == null) {
            return;
        }
        List<?> marks = source.disputed() >= 0 && row.get(source.disputed()) instanceof List<?> list ? list : List.of();
        for (int i = 0; i < targets.length; i++) {
            values.items()[targets[i]] = row.get(from[i]);
            values.disputed()[targets[i]] = !marks.isEmpty() && marks.contains(names.get(i));
        }
    }

    /** Values of items, and which of them are disputed. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its own equals
    record Values(@Nullable Object[] items, boolean[] disputed) {
        static Values none(int count) {
            return new Values(new Object[count], new boolean[count]);
        }

        StateOut write(StateOut out) {
            out.count(items.length);
            for (int i = 0; i < items.length; i++) {
                out.value(items[i]).flag(disputed[i]);
            }
            return out;
        }

        static Values read(StateIn in) {
            Values values = none(in.count());
            for (int i = 0; i < values.items.length; i++) {
                values.items[i] = in.value();
                values.disputed[i] = in.flag();
            }
            return values;
        }

        List<Object> disputedNames(List<String> names) {
            List<Object> marks = new ArrayList<>();
            for (int i = 0; i < disputed.length; i++) {
                if (disputed[i]) {
                    marks.add(names.get(i));
                }
            }
            return marks;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Values that
                    && Arrays.equals(items, that.items)
                    && Arrays.equals(disputed, that.disputed);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(items);
        }

        @Override
        public String toString() {
            return "Values[***]";
        }
    }
}
