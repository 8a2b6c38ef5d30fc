package io.tongdao.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of tables that the catalogue no longer has out of a task's state, and so out of its changelog; in pieces, once after each start.
 * Should a table ever come back, its topic is read from the beginning.
 */
final class Leftovers {
    private static final int PIECE = 500;
    private final KeyValueStore<Bytes, byte[]> rows;
    private final Set<String> tables;
    private @Nullable Bytes from;
    private boolean done;

    /** @param tables that the catalogue has */
    Leftovers(KeyValueStore<Bytes, byte[]> rows, Set<String> tables) {
        this.rows = rows;
        this.tables = Set.copyOf(tables);
    }

    void step() {
        if (done) {
            return;
        }
        String table = next();
        if (table == null) {
            done = true;
        } else if (tables.contains(table)) {
            from = RowKey.end(table);
        } else {
            piece().forEach(rows::delete);
        }
    }

    private @Nullable String next() {
        try (KeyValueIterator<Bytes, byte[]> range = rows.range(from, null)) {
            return range.hasNext() ? RowKey.table(range.next().key) : null;
        }
    }

    /** Some rows of the one table that comes next. */
    private List<Bytes> piece() {
        List<Bytes> piece = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = rows.range(from, null)) {
            while (piece.size() < PIECE && range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                if (tables.contains(RowKey.table(entry.key))) {
                    break;
                }
                piece.add(entry.key);
            }
        }
        return piece;
    }
}
