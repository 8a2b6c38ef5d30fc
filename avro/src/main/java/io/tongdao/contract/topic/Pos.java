package io.tongdao.contract.topic;

import java.nio.ByteBuffer;

/**
 * Where a row's version stands in its source: comparable within one row of one dataset only. A row that a snapshot read has
 * commit 0, so it sorts below every change streamed after it.
 *
 * @param epoch the dataset's epoch: raised by every new snapshot
 * @param commit the commit's position in the source's log; leads, since row positions alone are not monotone
 * @param change the change's position in the log
 * @param ordinal the record's number among those that one source event gave
 */
public record Pos(int epoch, long commit, long change, int ordinal) implements Comparable<Pos> {
    /** Width of {@link #bytes()}: fixed, and sortable as unsigned bytes. */
    public static final int WIDTH = 24;

    public byte[] bytes() {
        return ByteBuffer.allocate(WIDTH)
                .putInt(epoch)
                .putLong(commit)
                .putLong(change)
                .putInt(ordinal)
                .array();
    }

    public static Pos parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Pos(in.getInt(), in.getLong(), in.getLong(), in.getInt());
    }

    @Override
    public int compareTo(Pos that) {
        int order = Integer.compareUnsigned(epoch, that.epoch);
        order = order != 0 ? order : Long.compareUnsigned(commit, that.commit);
        order = order != 0 ? order : Long.compareUnsigned(change, that.change);
        return order != 0 ? order : Integer.compareUnsigned(ordinal, that.ordinal);
    }
}
