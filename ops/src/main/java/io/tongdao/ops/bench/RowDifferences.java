package io.tongdao.ops.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Database against topic, row by row; says how many and never which. */
record RowDifferences(long missing, long extra, long different) {
    static RowDifferences between(Map<String, String> database, Map<String, String> topic) {
        long missing = 0;
        long different = 0;
        for (Map.Entry<String, String> row : database.entrySet()) {
            String found = topic.get(row.getKey());
            if (found == null) {
                missing++;
            } else if (!found.equals(row.getValue())) {
                different++;
            }
        }
        return new RowDifferences(missing, topic.size() - (database.size() - missing), different);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (missing > 0) {
            lines.add(missing + " rows missing");
        }
        if (extra > 0) {
            lines.add(extra + " keys too many");
        }
        if (different > 0) {
            lines.add(different + " rows different");
        }
        return lines;
    }
}
