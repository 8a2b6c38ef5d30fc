package io.tongdao.release;

import io.tongdao.runtime.Spare;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Looks at all rows of a task once more, in pieces between live changes, since any may name a subject that is protected now, or no longer. How
 * far it is stands in the store of the grants, and is resumed after a restart.
 */
final class ShieldWalk {
    /** Never an id of a grant. */
    static final Bytes KEY = Bytes.wrap("!shield".getBytes(StandardCharsets.UTF_8));

    private static final int PIECE = 500;
    /** Percent of a stream thread. */
    private static final int SHARE = 50;

    private final KeyValueStore<Bytes, byte[]> rows;
    private final KeyValueStore<Bytes, byte[]> place;

    /** Looks at a row again. */
    interface Look {
        void at(Bytes place, StoredRow row);
    }

    ShieldWalk(KeyValueStore<Bytes, byte[]> rows, KeyValueStore<Bytes, byte[]> place) {
        this.rows = rows;
        this.place = place;
    }

    /** From the first row on. */
    void begin() {
        place.put(KEY, new byte[0]);
    }

    /** As far as there is time for beside live changes. */
    void step(Look look) {
        Spare.use(SHARE, () -> piece(look));
    }

    private boolean piece(Look look) {
        byte[] cursor = place.get(KEY);
        if (cursor == null) {
            return false;
        }
        List<KeyValue<Bytes, byte[]>> piece = from(cursor);
        piece.forEach(entry -> look.at(entry.key, StoredRow.parse(entry.value)));
        if (piece.size() < PIECE) {
            place.delete(KEY);
            return false;
        }
        place.put(KEY, piece.getLast().key.get());
        return true;
    }

    private List<KeyValue<Bytes, byte[]>> from(byte[] cursor) {
        List<KeyValue<Bytes, byte[]>> piece = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range =
                rows.range(cursor.length == 0 ? null : RowKey.after(cursor), null)) {
            while (piece.size() < PIECE && range.hasNext()) {
                piece.add(range.next());
            }
        }
        return piece;
    }
}
