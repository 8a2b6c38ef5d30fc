package io.tongdao.compose;

import io.tongdao.contract.dispute.RowApart;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one task that reconciliation does not hear, since they seem to be about somebody else than their number says (art. 24): they
 * are in no table, count in no figure and stand beside nobody. Few, so a store in memory, with a changelog like any other: a row's key → under
 * whom it was judged.
 */
final class Aside {
    private static final String BETWEEN = "\n";
    private final KeyValueStore<Bytes, byte[]> store;

    Aside(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** @param name of the store, durable */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    boolean has(Source source, Place place) {
        return store.approximateNumEntries() > 0 && store.get(place.in(source.name())) != null;
    }

    /**
     * Takes what reconciliation said of a row, of a dataset that no table shows too: one may be added. The last word of each of those under whom
     * it was judged counts.
     */
    void take(RowApart said, boolean apart, Place place) {
        Bytes key = place.in(said.dataset());
        TreeSet<String> by = by(store.get(key));
        if (apart ? by.add(said.about()) : by.remove(said.about())) {
            store.put(key, by.isEmpty() ? null : String.join(BETWEEN, by).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static TreeSet<String> by(byte @Nullable [] value) {
        return value == null
                ? new TreeSet<>()
                : new TreeSet<>(Arrays.asList(new String(value, StandardCharsets.UTF_8).split(BETWEEN, -1)));
    }
}
