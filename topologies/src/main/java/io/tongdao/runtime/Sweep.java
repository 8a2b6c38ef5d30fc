package io.tongdao.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Forgets what was deleted long ago: walks a store in small slices, so that no transaction waits for it. Where it stands is not
 * remembered over a restart; it then begins again.
 */
public final class Sweep {
    public static final Duration EVERY = Duration.ofSeconds(30);
    private static final int SLICE = 2_000;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Function<byte[], @Nullable Long> deletedAt;
    private final long remember;
    private @Nullable Bytes cursor;

    /** @param deletedAt epoch milliseconds, none for a value that is alive */
    public Sweep(KeyValueStore<Bytes, byte[]> store, Function<byte[], @Nullable Long> deletedAt, Duration remember) {
        this.store = store;
        this.deletedAt = deletedAt;
        this.remember = remember.toMillis();
    }

    /** Walks one slice. */
    public void step(long now) {
        List<Bytes> forgotten = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(cursor, null)) {
            int left = SLICE;
            while (entries.hasNext() && left-- > 0) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                Long at = deletedAt.apply(entry.value);
                if (at != null && now - at > remember) {
                    forgotten.add(entry.key);
                }
            }
            cursor = entries.hasNext() ? entries.peekNextKey() : null;
        }
        forgotten.forEach(store::delete);
    }
}
