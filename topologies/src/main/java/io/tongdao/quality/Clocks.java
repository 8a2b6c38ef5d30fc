package io.tongdao.quality;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How old one task's datasets are: kept in memory, so that a row costs nothing for it, and put into its store when told. What a crash takes is
 * made good by the next row, since all of it are maxima.
 */
final class Clocks {
    /** Beside the tallies, whose own keys never begin so. */
    private static final String PREFIX = "#time|";

    private final KeyValueStore<Bytes, byte[]> store;
    private final String part;
    private final Map<String, Freshness> datasets = new HashMap<>();
    private final TreeSet<String> untold = new TreeSet<>();

    Clocks(KeyValueStore<Bytes, byte[]> store, String part) {
        this.store = store;
        this.part = part;
    }

    /** A version of a row has come. @param at when the source committed it; none if a reading brought it */
    void see(String dataset, @Nullable Instant at, long arrived) {
        Freshness before = datasets.computeIfAbsent(dataset, this::held);
        Freshness after = Freshness.after(before, dataset, part, at, Instant.ofEpochMilli(arrived));
        if (!after.equals(before)) {
            datasets.put(dataset, after);
            untold.add(dataset);
        }
    }

    void tell(Tallies.Telling telling) {
        for (String dataset : untold) {
            Freshness told = datasets.get(dataset);
            if (told != null) {
                store.put(key(dataset), told.bytes());
                telling.tell(told.key(), told.bytes());
            }
        }
        untold.clear();
    }

    private @Nullable Freshness held(String dataset) {
        byte[] value = store.get(key(dataset));
        return value == null ? null : Freshness.parse(value);
    }

    private static Bytes key(String dataset) {
        return Bytes.wrap((PREFIX + dataset).getBytes(StandardCharsets.UTF_8));
    }
}
