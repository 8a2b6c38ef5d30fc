package io.tongdao.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When grace periods are over: the store {@code graces-by-due-<kind>}, key 8 bytes of wall clock in milliseconds and {@code subject|base}.
 * Notes only wake: whether something is to be told is in the golden state, so that one note too many does no harm.
 */
final class Graces {
    private static final byte[] NOTED = {1};
    private final KeyValueStore<Bytes, byte[]> store;

    /** A grace period that is over. */
    record Over(byte[] subject, String base) {}

    Graces(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** @param due none: no grace period runs */
    void note(String subject, String base, @Nullable Long due) {
        if (due != null) {
            Bytes key = key(due, subject + '|' + base);
            if (store.get(key) == null) {
                store.put(key, NOTED);
            }
        }
    }

    /** Takes out what is over, at most so many. */
    List<Over> take(long now, int most) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> notes = store.range(null, key(now + 1, ""))) {
            while (notes.hasNext() && keys.size() < most) {
                keys.add(notes.next().key);
            }
        }
        keys.forEach(store::delete);
        return keys.stream().map(Graces::over).toList();
    }

    private static Bytes key(long due, String whose) {
        byte[] text = whose.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(due)
                .put(text)
                .array());
    }

    private static Over over(Bytes key) {
        String whose = new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, StandardCharsets.UTF_8);
        int bar = whose.indexOf('|');
        return new Over(whose.substring(0, bar).getBytes(StandardCharsets.UTF_8), whose.substring(bar + 1));
    }
}
