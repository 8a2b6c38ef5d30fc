package io.tongdao.ops.province;

import io.tongdao.ops.province.Fingerprints.Print;
import java.util.Arrays;
import java.util.Set;

/** The rows that a table must have, as fingerprints of key and content: 32 bytes a row, in a hash table with open addressing. */
final class Expected {
    private static final int FIELDS = 4;
    private final Set<String> columns;
    private long[] cells = new long[FIELDS * 1024];
    private boolean[] used = new boolean[1024];
    private boolean[] seen = new boolean[1024];
    private int size;
    private int doubled;

    /** @param columns that the table has beside its key and technical columns */
    Expected(Set<String> columns) {
        this.columns = columns;
    }

    /** How an actual row stands to what is expected. */
    enum Verdict {
        SAME,
        DIFFERENT,
        EXTRA
    }

    Set<String> columns() {
        return columns;
    }

    int size() {
        return size;
    }

    /** Keys that were expected twice: the sources contradict their own constraint. */
    int doubled() {
        return doubled;
    }

    /** By several threads. */
    synchronized void add(Print key, Print content) {
        if (size * 3 > used.length * 2) {
            grow();
        }
        int at = slot(key);
        if (used[at]) {
            doubled++;
            return;
        }
        used[at] = true;
        size++;
        cells[at * FIELDS] = key.high();
        cells[at * FIELDS + 1] = key.low();
        cells[at * FIELDS + 2] = content.high();
        cells[at * FIELDS + 3] = content.low();
    }

    /** Forgets what was seen: the table can be compared with another reader. */
    void restart() {
        Arrays.fill(seen, false);
    }

    Verdict see(Print key, Print content) {
        int at = slot(key);
        if (!used[at] || seen[at]) {
            return Verdict.EXTRA;
        }
        seen[at] = true;
        boolean same = cells[at * FIELDS + 2] == content.high() && cells[at * FIELDS + 3] == content.low();
        return same ? Verdict.SAME : Verdict.DIFFERENT;
    }

    boolean missing(Print key) {
        int at = slot(key);
        return used[at] && !seen[at];
    }

    int missing() {
        int missing = 0;
        for (int i = 0; i < used.length; i++) {
            missing += used[i] && !seen[i] ? 1 : 0;
        }
        return missing;
    }

    private int slot(Print key) {
        int at = (int) (key.low() & (used.length - 1));
        while (used[at] && (cells[at * FIELDS] != key.high() || cells[at * FIELDS + 1] != key.low())) {
            at = (at + 1) & (used.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldCells = cells;
        boolean[] oldUsed = used;
        cells = new long[oldCells.length * 2];
        used = new boolean[oldUsed.length * 2];
        seen = new boolean[oldUsed.length * 2];
        for (int i = 0; i < oldUsed.length; i++) {
            if (oldUsed[i]) {
                int at = slot(new Print(oldCells[i * FIELDS], oldCells[i * FIELDS + 1]));
                used[at] = true;
                System.arraycopy(oldCells, i * FIELDS, cells, at * FIELDS, FIELDS);
            }
        }
    }
}
