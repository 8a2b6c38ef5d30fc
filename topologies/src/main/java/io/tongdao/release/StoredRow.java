package io.tongdao.release;

import io.tongdao.contract.topic.Lineage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A row as the release state keeps it, a deleted one too: format byte, flags, version, owner, time, value.
 *
 * @param version {@code pos} or {@code ver}, sortable as unsigned bytes
 * @param owner the source row that the key belongs to, where the source tells: another row's tombstone is not its deletion
 * @param at the header of that name
 * @param value the record's bytes in the registry's wire format; null: deleted
 * @param hidden whether it leaves no trace: it is released to its own agency alone
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a store, never compared as records
record StoredRow(
        byte[] version, byte @Nullable [] owner, byte @Nullable [] at, byte @Nullable [] value, boolean hidden) {
    private static final byte FORMAT = 1;
    private static final int OWNED = 1;
    private static final int TIMED = 2;
    private static final int LIVE = 4;
    private static final int HIDDEN = 8;

    /** @throws IllegalStateException if the record has neither {@code pos} nor {@code ver}: no stage of Tongdao writes such a record */
    static StoredRow of(Headers headers, byte @Nullable [] value) {
        Header version = headers.lastHeader(Lineage.POS);
        version = version == null ? headers.lastHeader(Lineage.VER) : version;
        if (version == null) {
            throw new IllegalStateException("a record without pos and ver");
        }
        Header at = headers.lastHeader(Lineage.AT);
        return new StoredRow(version.value(), Lineage.row(headers), at == null ? null : at.value(), value, false);
    }

    /** Whether this row takes the place of that one: newer, and no tombstone of a row that doesn't own the key. */
    boolean replaces(StoredRow that) {
        boolean foreign = value == null && owner != null && that.owner != null && !Arrays.equals(owner, that.owner);
        return !foreign && Arrays.compareUnsigned(version, that.version) > 0;
    }

    StoredRow hidden(boolean now) {
        return now == hidden ? this : new StoredRow(version, owner, at, value, now);
    }

    /** The same with another value in its place. */
    StoredRow with(byte[] other) {
        return new StoredRow(version, owner, at, other, hidden);
    }

    byte[] bytes() {
        int flags = (owner == null ? 0 : OWNED)
                | (at == null ? 0 : TIMED)
                | (value == null ? 0 : LIVE)
                | (hidden ? HIDDEN : 0);
        ByteBuffer out = ByteBuffer.allocate(4 + version.length + length(owner) + length(at) + length(value));
        out.put(FORMAT)
                .put((byte) flags)
                .put((byte) version.length)
                .put((byte) length(owner))
                .put(version);
        for (byte[] part : new byte @Nullable [][] {owner, at, value}) {
            if (part != null) {
                out.put(part);
            }
        }
        return out.array();
    }

    static StoredRow parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.get() != FORMAT) {
            throw new IllegalStateException("a stored row has format " + bytes[0] + ", this version reads " + FORMAT);
        }
        int flags = in.get();
        int version = in.get();
        int owner = in.get();
        return new StoredRow(
                take(in, version),
                (flags & OWNED) == 0 ? null : take(in, owner),
                (flags & TIMED) == 0 ? null : take(in, Long.BYTES),
                (flags & LIVE) == 0 ? null : take(in, in.remaining()),
                (flags & HIDDEN) != 0);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private static int length(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }
}
