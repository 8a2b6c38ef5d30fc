package io.tongdao.ops.province;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One text for a value, from whatever reader it comes: dates in ISO 8601, numbers without trailing zeros, lists sorted. */
final class Canonical {
    private Canonical() {}

    static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            case Date date -> date.toLocalDate().toString();
            case Timestamp time -> time.toLocalDateTime().toString();
            case Map<?, ?> map -> sources(map);
            case Collection<?> list -> list(list);
            case Object[] array -> list(java.util.Arrays.asList(array));
            default -> value.toString();
        };
    }

    /** Names, sorted; null if there are none. */
    static @Nullable String list(Collection<?> names) {
        TreeSet<String> sorted = new TreeSet<>();
        names.forEach(name -> sorted.add(String.valueOf(name)));
        return sorted.isEmpty() ? null : String.join(",", sorted);
    }

    /** Of a golden record's provenance only which dataset an item comes from can be expected. */
    private static String sources(Map<?, ?> map) {
        TreeMap<String, String> sorted = new TreeMap<>();
        map.forEach((item, source) -> sorted.put(
                String.valueOf(item),
                String.valueOf(source instanceof Map<?, ?> fields ? fields.get("dataset") : source)));
        return sorted.toString();
    }
}
