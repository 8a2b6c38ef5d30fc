package io.tongdao.release;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the rows' store: table, a zero byte, the record's key; so a table's rows stand together, in the order of their keys. */
final class RowKey {
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

    /** The record's key. */
    static byte[] key(String table, Bytes place) {
        int head = table.getBytes(StandardCharsets.UTF_8).length + 1;
        return Arrays.copyOfRange(place.get(), head, place.get().length);
    }
}
