package io.tongdao.ops.province;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the channel has made: Iceberg tables, topics, a county's database. */
public interface TableReader {
    /** The key column, as the channel's own tables name it. */
    String KEY = "_key";

    /**
     * All rows of a table, in any order, lazily: column → value, with the key in {@link #KEY}. Dates are LocalDate or java.sql.Date,
     * numbers numbers, lists {@code Collection}, the map {@code _sources} item → map with the field {@code dataset}. Columns that
     * begin with {@code _} and aren't expected are ignored.
     */
    Iterator<Map<String, @Nullable Object>> rows(String table);
}
