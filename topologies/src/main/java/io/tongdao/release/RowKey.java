package io.tongdao.release;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Keys of the rows' store: table, a zero byte, the record's key; so a table's rows stand together, in the order of their keys. */
final class RowKey {
    private static final BytesSerializer PREFIX = new BytesSerializer();

    private RowKey() {}

    static Bytes of(String table, byte[] key) {
        byte[] name = table.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + key.length)
                .put(name)
                .put((byte) 0)
                .put(key)
                .array());
    }

    /** After all keys of a table. */
    static Bytes end(String table) {
        return Bytes.wrap((table + '\1').getBytes(StandardCharsets.UTF_8));
    }

    /** The table. */
    static String table(Bytes place) {
        byte[] bytes = place.get();
        int end = 0;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The first key after this one. */
    static Bytes after(byte[] place) {
        return Bytes.wrap(Arrays.copyOf(place, place.length + 1));
    }

    /** All rows of a table about a subject, in the order of their keys. */
    static List<KeyValue<Bytes, byte[]>> about(
            ReadOnlyKeyValueStore<Bytes, byte[]> rows, String table, String subject) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        Bytes only = of(table, subject.getBytes(StandardCharsets.UTF_8));
        byte[] row = rows.get(only);
        if (row != null) {
            found.add(KeyValue.pair(only, row));
        }
        Bytes more = of(table, (subject + '|').getBytes(StandardCharsets.UTF_8));
        try (KeyValueIterator<Bytes, byte[]> several = rows.prefixScan(more, PREFIX)) {
            several.forEachRemaining(found::add);
        }
        return found;
    }

    /** The record's key. */
    static byte[] key(String table, Bytes place) {
        int head = table.getBytes(StandardCharsets.UTF_8).length + 1;
        return Arrays.copyOfRange(place.get(), head, place.get().length);
    }
}
