package io.tongdao.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Looks at all rows of a task once more, in chunks between live changes, since any may name a subject that is protected now, or no longer. How
 * far it is stands in the store of the grants, and is resumed after a restart.
 */
final class ShieldWalk {
    /** Never an id of a grant. */
    static final Bytes KEY = Bytes.wrap("!shield".getBytes(StandardCharsets.UTF_8));

    private static final int CHUNK = 2_000;
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

    void step(Look look) {
        byte[] cursor = place.get(KEY);
        if (cursor != null) {
            List<KeyValue<Bytes, byte[]>> chunk = chunk(cursor);
            chunk.forEach(entry -> look.at(entry.key, StoredRow.parse(entry.value)));
            if (chunk.size() < CHUNK) {
                place.delete(KEY);
            } else {
                place.put(KEY, chunk.getLast().key.get());
            }
        }
    }

    private List<KeyValue<Bytes, byte[]>> chunk(byte[] cursor) {
        List<KeyValue<Bytes, byte[]>> chunk = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range =
                rows.range(cursor.length == 0 ? null : RowKey.after(cursor), null)) {
            while (chunk.size() < CHUNK && range.hasNext()) {
                chunk.add(range.next());
            }
        }
        return chunk;
    }
}
