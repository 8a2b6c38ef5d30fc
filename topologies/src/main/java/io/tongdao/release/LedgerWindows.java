package io.tongdao.release;

import io.tongdao.contract.serde.JsonFormat;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.contract.witness.ReleasedUnder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** How much was released under each grant in minutes that are not over, or not in the ledger's topic yet. */
final class LedgerWindows {
    static final long MINUTE = 60_000;
    private static final String PREFIX = "window|";
    private static final JsonFormat<Window> FORMAT = new JsonFormat<>(Window.class);

    private final KeyValueStore<Bytes, byte[]> store;
    private final TreeMap<String, Window> open = new TreeMap<>();

    /** A minute of one grant's epoch. */
    record Window(ReleasedUnder under, Instant start, long records, long tombstones) {
        Window plus(Window more) {
            return new Window(under, start, records + more.records, tombstones + more.tombstones);
        }

        String key() {
            return PREFIX + start.toEpochMilli() + '|' + under.grant() + '|' + under.epoch() + '|' + under.items();
        }

        boolean over(long now) {
            return now >= start.toEpochMilli() + MINUTE;
        }

        GenericRecord entry() {
            GenericRecord entry = ReleaseLedger.entry(ReleaseLedger.WINDOWS, under);
            entry.put(ReleaseLedger.WINDOW_START, start.toEpochMilli());
            entry.put(ReleaseLedger.WINDOW_END, start.toEpochMilli() + MINUTE);
            entry.put(ReleaseLedger.RECORDS, records);
            entry.put(ReleaseLedger.TOMBSTONES, tombstones);
            return entry;
        }
    }

    LedgerWindows(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> known = store.prefixScan(key(PREFIX), new BytesSerializer())) {
            known.forEachRemaining(entry -> {
                Window window = FORMAT.decode(entry.value);
                open.put(window.key(), window);
            });
        }
    }

    /** @param at in the minute that it is counted in */
    void add(ReleasedUnder under, long at, long records, long tombstones) {
        Instant start = Instant.ofEpochMilli(at - Math.floorMod(at, MINUTE));
        Window more = new Window(under, start, records, tombstones);
        Window sum = open.merge(more.key(), more, Window::plus);
        store.put(key(sum.key()), FORMAT.encode(sum));
    }

    /** Hands minutes out that are over. */
    void close(long now, Consumer<Window> each) {
        open.values().removeIf(window -> {
            boolean over = window.over(now);
            if (over) {
                each.accept(window);
                store.delete(key(window.key()));
            }
            return over;
        });
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
