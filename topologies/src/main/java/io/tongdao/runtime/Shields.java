package io.tongdao.runtime;

import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Shield;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The protections that one task knows: a store of its own, in memory since it is asked for each row, with a changelog like any other. Several
 * processors of a task may have one each over the same store; what one takes the others see.
 */
public final class Shields {
    /** Protections overtake the rows that wait in a task. */
    public static final TimestampExtractor FIRST = (record, partitionTime) -> 0;

    private static final byte[] NEVER = new byte[0];
    /** Never a key of a protection: how often one was taken. */
    private static final Bytes COUNT = Bytes.wrap(new byte[] {'#'});

    private final KeyValueStore<Bytes, byte[]> store;
    private byte[] seen = NEVER;
    private Shield shield = Shield.NONE;

    public Shields(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** @param name of the store, durable */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** Whether an entry of the store is none that protects. */
    public static boolean counts(byte[] key) {
        return Arrays.equals(key, COUNT.get());
    }

    /** What is in force now. */
    public Shield now() {
        byte[] count = store.get(COUNT);
        if (count != null && !Arrays.equals(count, seen)) {
            shield = read(store);
            seen = count;
        }
        return shield;
    }

    /**
     * Takes what was decided. The same comes by the topics of several kinds, and in each in its own time: what is not newer changes nothing.
     *
     * @return null: nothing new
     */
    public @Nullable Protection take(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        Protection next = Protection.FORMAT.decode(value);
        Bytes key = Bytes.wrap(next.key().getBytes(StandardCharsets.UTF_8));
        byte[] held = store.get(key);
        if (held != null
                && !next.changed().isAfter(Protection.FORMAT.decode(held).changed())) {
            return null;
        }
        store.put(key, value);
        byte[] count = store.get(COUNT);
        long taken = count == null ? 0 : Long.parseLong(new String(count, StandardCharsets.UTF_8));
        store.put(COUNT, Long.toString(taken + 1).getBytes(StandardCharsets.UTF_8));
        return next;
    }

    /** What is in force by a task's store. */
    public static Shield read(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        List<Protection> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> {
                if (!entry.key.equals(COUNT)) {
                    all.add(Protection.FORMAT.decode(entry.value));
                }
            });
        }
        return new Shield(all);
    }
}
