package io.tongdao.contract.topic;

import java.nio.ByteBuffer;

/**
 * The version of a record that has many sources (base, theme).
 *
 * @param generation raised by a rebuild
 * @param counter counts the versions of one key within a generation
 */
public record Ver(int generation, long counter) implements Comparable<Ver> {
    public static final int WIDTH = 12;

    public byte[] bytes() {
        return ByteBuffer.allocate(WIDTH).putInt(generation).putLong(counter).array();
    }

    public static Ver parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Ver(in.getInt(), in.getLong());
    }

    @Override
    public int compareTo(Ver that) {
        int order = Integer.compareUnsigned(generation, that.generation);
        return order != 0 ? order : Long.compareUnsigned(counter, that.counter);
    }
}
