package io.tongdao.reconcile.rule;

import java.nio.ByteBuffer;

/** Which source row owns a key: the 16 bytes of the {@code row} header, a digest of the row's primary key. */
public record RowId(long high, long low) {
    /** The owner of a record that names none. */
    public static final RowId NONE = new RowId(0, 0);

    public static RowId of(byte[] digest) {
        ByteBuffer in = ByteBuffer.wrap(digest);
        return new RowId(in.getLong(), in.getLong());
    }
}
