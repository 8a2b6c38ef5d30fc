package io.tongdao.quality;

import io.tongdao.contract.topic.Pos;
import io.tongdao.quality.rule.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a row, in the store {@code verdicts-by-row}: no value of it. A row that is gone stays as a position.
 *
 * @param version of the {@link io.tongdao.quality.rule.Ruleset} that judged it
 * @param verdict null: the row is gone
 * @param values rule id → digest of the value that it is compared by
 * @param changedAt wall clock in milliseconds
 */
record RowState(Pos pos, int version, @Nullable Verdict verdict, Map<String, byte[]> values, long changedAt) {
    private static final byte FORMAT = 1;

    static RowState gone(Pos pos, long now) {
        return new RowState(pos, 0, null, Map.of(), now);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeBoolean(verdict != null);
            out.writeLong(changedAt);
            out.write(pos.bytes());
            if (verdict != null) {
                out.writeInt(version);
                write(out, verdict.asked());
                write(out, verdict.broken());
                out.writeByte(values.size());
                for (Map.Entry<String, byte[]> value : values.entrySet()) {
                    out.writeUTF(value.getKey());
                    out.write(value.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static RowState decode(byte[] value) {
        try (DataInputStream in = open(value)) {
            boolean there = in.readBoolean();
            long changedAt = in.readLong();
            Pos pos = Pos.parse(in.readNBytes(Pos.WIDTH));
            if (!there) {
                return gone(pos, changedAt);
            }
            int version = in.readInt();
            Verdict verdict = new Verdict(bits(in), bits(in));
            Map<String, byte[]> values = new TreeMap<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                values.put(in.readUTF(), in.readNBytes(ValueDigest.WIDTH));
            }
            return new RowState(pos, version, verdict, values, changedAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When a row went, wall clock in milliseconds; null while it is there. */
    static @Nullable Long goneAt(byte[] value) {
        try (DataInputStream in = open(value)) {
            return in.readBoolean() ? null : Long.valueOf(in.readLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataInputStream open(byte[] value) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(value));
        StateFormat.check(in.readByte(), FORMAT);
        return in;
    }

    private static void write(DataOutputStream out, BitSet bits) throws IOException {
        byte[] bytes = bits.toByteArray();
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    private static BitSet bits(DataInputStream in) throws IOException {
        return BitSet.valueOf(in.readNBytes(in.readUnsignedByte()));
    }
}
