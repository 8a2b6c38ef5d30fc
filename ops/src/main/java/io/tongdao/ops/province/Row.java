package io.tongdao.ops.province;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of an agency's table.
 *
 * @param values in the order of {@link AgencyTable#columns}: String, Long, BigDecimal, LocalDate ({@link java.time.LocalDate#MAX}
 *     is PostgreSQL's infinity) or null
 */
@SuppressWarnings("ArrayRecordComponent")
record Row(AgencyTable table, @Nullable Object... values) {
    Row {
        if (values.length != table.columns().size()) {
            throw new IllegalArgumentException(table + " has " + table.columns().size() + " columns");
        }
    }

    @Nullable
    Object get(String column) {
        return values[table.column(column)];
    }

    /** The text of a column that is never null in the generated province. */
    String text(String column) {
        return String.valueOf(get(column));
    }

    Row with(String column, @Nullable Object value) {
        @Nullable Object[] copy = Arrays.copyOf(values, values.length);
        copy[table.column(column)] = value;
        return new Row(table, copy);
    }

    @Override
    public String toString() {
        return "Row[" + table.table() + "]";
    }
}
