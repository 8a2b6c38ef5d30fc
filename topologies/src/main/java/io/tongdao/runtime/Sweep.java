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
    private final Forget forget;
    private final long remember;
    private @Nullable Bytes cursor;

    /** What is left of an entry. */
    public interface Forget {
        /**
         * @param before epoch milliseconds: what was deleted earlier is to be forgotten
         * @return the same value, another one, or null: nothing is left
         */
        byte @Nullable [] forget(Bytes key, byte[] value, long before);
    }

    /** @param deletedAt epoch milliseconds, none for a value that is alive */
    public Sweep(KeyValueStore<Bytes, byte[]> store, Function<byte[], @Nullable Long> deletedAt, Duration remember) {
        this(
                store,
                (key, value, before) -> {
                    Long at = deletedAt.apply(value);
                    return at != null && at < before ? null : value;
                },
                remember);
    }

    /** For values of several parts. */
    public Sweep(KeyValueStore<Bytes, byte[]> store, Forget forget, Duration remember) {
        this.store = store;
        this.forget = forget;
        this.remember = remember.toMillis();
    }

    /** Walks one slice. */
    public void step(long now) {
        List<KeyValue<Bytes, byte[]>> left = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(cursor, null)) {
            for (int more = SLICE; entries.hasNext() && more > 0; more--) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                byte[] kept = forget.forget(entry.key, entry.value, now - remember);
                if (kept != entry.value) {
                    left.add(KeyValue.pair(entry.key, kept));
                }
            }
            cursor = entries.hasNext() ? entries.peekNextKey() : null;
        }
        left.forEach(entry -> store.put(entry.key, entry.value));
    }
}
