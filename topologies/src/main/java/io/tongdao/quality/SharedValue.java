package io.tongdao.quality;

import io.tongdao.contract.topic.Pos;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message of the internal topic {@code values}, keyed by the hex digest of a value: a row has the value, or no longer has it. Also what
 * is remembered of it. Holds the row's coordinates and nothing of its values.
 *
 * @param has whether the row has the value
 * @param window of the row's version
 * @param row the row's digest
 */
record SharedValue(
        boolean has,
        String dataset,
        String rule,
        byte[] row,
        Pos pos,
        String window,
        int partition,
        long offset,
        @Nullable Instant at) {
    private static final byte FORMAT = 1;
    private static final long NO_TIME = Long.MIN_VALUE;

    static byte[] key(byte[] digest) {
        return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
    }

    SharedValue left(Pos when) {
        return new SharedValue(false, dataset, rule, row, when, window, partition, offset, at);
    }

    Violation violation(String part) {
        return new Violation(dataset, HexFormat.of().formatHex(row), rule, partition, offset, at, part);
    }

    /** @param changedAt wall clock in milliseconds */
    byte[] encode(long changedAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeBoolean(has);
            out.writeLong(changedAt);
            out.write(row);
            out.write(pos.bytes());
            out.writeInt(partition);
            out.writeLong(offset);
            out.writeLong(at == null ? NO_TIME : at.toEpochMilli());
            out.writeUTF(dataset);
            out.writeUTF(rule);
            out.writeUTF(window);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SharedValue decode(byte[] value) {
        try (DataInputStream in = open(value)) {
            boolean has = in.readBoolean();
            in.readLong();
            byte[] row = in.readNBytes(ValueDigest.WIDTH);
            Pos pos = Pos.parse(in.readNBytes(Pos.WIDTH));
            int partition = in.readInt();
            long offset = in.readLong();
            long at = in.readLong();
            return new SharedValue(
                    has,
                    in.readUTF(),
                    in.readUTF(),
                    row,
                    pos,
                    in.readUTF(),
                    partition,
                    offset,
                    at == NO_TIME ? null : Instant.ofEpochMilli(at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When a row lost the value, wall clock in milliseconds; null while it has it. */
    static @Nullable Long leftAt(byte[] value) {
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
}
