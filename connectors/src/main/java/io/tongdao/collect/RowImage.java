package io.tongdao.collect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One image (before or after) of a source row, judged: the keys and values it gives, or why it gives none. */
sealed interface RowImage {
    /**
     * The row's keys and values.
     *
     * @param keys one per subject that the row has, in the plan's order
     * @param roles of the same subjects
     * @param values by position in the topic's schema; the role's position is left null
     * @param doubtful whether a date in it may be a zero date of the source
     */
    record Valid(
            List<byte[]> keys, List<String> roles, @Nullable Object[] values, boolean doubtful) implements RowImage {}

    /**
     * Why the row can't be taken over.
     *
     * @param item the catalogue's name, empty for the row as a whole
     */
    record Invalid(String item, String code) implements RowImage {}

    /**
     * A row of a table whose shape has left the catalogue: it is rejected, and what the exchange knows of it stays.
     *
     * @param keys the keys it has, empty where they can't be read
     * @param item the item whose column changed; empty: the table's key
     */
    record Held(List<byte[]> keys, String item, String code) implements RowImage {}

    /** There is no such image: nothing before an insert, nothing after a deletion. */
    record Absent() implements RowImage {}

    RowImage ABSENT = new Absent();
}
