package io.tongdao.ops.returns;

import java.util.HashSet;
import java.util.Set;

/**
 * The rows of one place beside those of the place that it is filled from; never a key or a value.
 *
 * @param place 主题 topic, 数据表 table, 数据库 database
 * @param name what it is called there
 * @param missing rows that should be there and are not
 * @param more rows that are there and should not
 */
public record Count(String place, String name, long rows, long missing, long more) {
    public boolean equal() {
        return missing == 0 && more == 0;
    }

    /** Of a place where the same keys stand. */
    static Count of(String place, String name, Set<String> there, Set<String> from) {
        Set<String> both = new HashSet<>(there);
        both.retainAll(from);
        return new Count(place, name, there.size(), from.size() - both.size(), there.size() - both.size());
    }

    /** Of a place whose keys are tokens of the other's: only numbers can be compared. */
    static Count ofNumbers(String place, String name, long there, long from) {
        return new Count(place, name, there, Math.max(0, from - there), Math.max(0, there - from));
    }
}
