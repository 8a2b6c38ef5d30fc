package io.tongdao.lakehouse.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a key's row stands: data file and row position, and for src tables the source position and owner row it came with. A
 * deleted row of a src table stays as an entry without a file, so that what is sent again after a deletion is known to be old.
 *
 * @param file the file's number in the index, 0 if the row is deleted
 * @param row the row's position in the file
 * @param pos {@code Pos.bytes()}, or null where it is not known
 * @param owner the first 8 bytes of the owner row's digest, 0 where it is not known
 */
public record Entry(int file, int row, byte @Nullable [] pos, long owner) {
    /** The form of entries; an index of a newer form is rebuilt. */
    static final byte FORMAT = 1;

    private static final int PLAIN = 9;
    private static final int POS = 24;

    public static Entry at(int file, int row) {
        return new Entry(file, row, null, 0);
    }

    public boolean deleted() {
        return file == 0;
    }

    public Entry movedTo(int newFile, int newRow) {
        return new Entry(newFile, newRow, pos, owner);
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(pos == null ? PLAIN : PLAIN + POS + Long.BYTES);
        out.put(FORMAT).putInt(file).putInt(row);
        if (pos != null) {
            out.put(pos, 0, POS).putLong(owner);
        }
        return out.array();
    }

    static Entry parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.get() != FORMAT) {
            throw new IllegalStateException(
                    "the index holds an entry of form " + bytes[0] + ", this build knows " + FORMAT);
        }
        int file = in.getInt();
        int row = in.getInt();
        if (!in.hasRemaining()) {
            return at(file, row);
        }
        return new Entry(
                file,
                row,
                Arrays.copyOfRange(bytes, PLAIN, PLAIN + POS),
                in.position(PLAIN + POS).getLong());
    }

    @Override
    public String toString() {
        return "Entry[" + file + ":" + row + "]";
    }
}
