package io.tongdao.compose;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store in a map, sorted as RocksDB sorts. */
public final class SortedStore implements KeyValueStore<Bytes, byte[]> {
    private static final ThreadLocal<long[]> TOUCHED = ThreadLocal.withInitial(() -> new long[1]);
    private final TreeMap<Bytes, byte[]> map = new TreeMap<>();
    private final BiConsumer<Bytes, byte[]> changelog;

    public SortedStore() {
        this((key, value) -> {});
    }

    /** @param changelog told of each change; null as a value: the key is gone */
    public SortedStore(BiConsumer<Bytes, byte[]> changelog) {
        this.changelog = changelog;
    }

    /** How many entries this thread has read and written so far, of all stores. */
    static long touched() {
        return TOUCHED.get()[0];
    }

    @Override
    public void put(Bytes key, byte[] value) {
        TOUCHED.get()[0]++;
        changelog.accept(key, value);
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return map.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        changelog.accept(key, null);
        return map.remove(key);
    }

    @Override
    public byte[] get(Bytes key) {
        TOUCHED.get()[0]++;
        return map.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        NavigableMap<Bytes, byte[]> part = from == null ? map : map.tailMap(from, true);
        return over(to == null ? part : part.headMap(to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return over(map.subMap(from, true, to, true).descendingMap());
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, PS serializer) {
        Bytes from = Bytes.wrap(serializer.serialize("", prefix));
        return over(map.subMap(from, true, Bytes.increment(from), false));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return over(map);
    }

    private static KeyValueIterator<Bytes, byte[]> over(Map<Bytes, byte[]> part) {
        Iterator<Map.Entry<Bytes, byte[]>> entries =
                List.copyOf(part.entrySet()).iterator();
        return new KeyValueIterator<>() {
            @Override
            public void close() {
                // nothing is held
            }

            @Override
            public Bytes peekNextKey() {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public KeyValue<Bytes, byte[]> next() {
                TOUCHED.get()[0]++;
                Map.Entry<Bytes, byte[]> next = entries.next();
                return KeyValue.pair(next.getKey(), next.getValue());
            }
        };
    }

    @Override
    public long approximateNumEntries() {
        return map.size();
    }

    @Override
    public String name() {
        return "sorted";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // lives without a context
    }

    @Override
    public void flush() {
        // nothing to flush
    }

    @Override
    public void close() {
        // nothing to close
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
