package io.tongdao.reconcile;

import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.RowId;
import io.tongdao.reconcile.rule.Withdrawn;
import io.tongdao.runtime.Interned;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {
    private final ByteBuffer in;

    /** @throws IllegalStateException if a newer version wrote the value */
    StateReader(byte[] value, byte newest) {
        in = ByteBuffer.wrap(value);
        byte format = in.get();
        if (format > newest) {
            throw new IllegalStateException("state has format " + format + ", this version reads up to " + newest
                    + ": it was written by a newer Tongdao");
        }
    }

    int octet() {
        return in.get();
    }

    long number() {
        return in.getLong();
    }

    int count() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = in.get();
            value |= (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }

    String text() {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    /** A text that stands in many values. */
    String name(Interned names) {
        int length = count();
        int from = in.position();
        in.position(from + length);
        return names.text(in.array(), from, from + length);
    }

    /** A name as {@link StateNames} writes it. */
    int name() {
        return in.getInt();
    }

    /** As {@link StateWriter#small} writes it. */
    long small() {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            byte octet = in.get();
            value |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        return value | (long) in.get() << 56;
    }

    Pos pos() {
        int epoch = (int) small();
        long commit = small();
        long behind = small();
        return new Pos(epoch, commit, commit - ((behind >>> 1) ^ -(behind & 1)), (int) small());
    }

    /** As it was written before names and positions were short. */
    Pos widePos() {
        return new Pos(in.getInt(), in.getLong(), in.getLong(), in.getInt());
    }

    RowId row() {
        return new RowId(in.getLong(), in.getLong());
    }

    @Nullable
    Instant time() {
        return in.get() == StateWriter.NOTHING ? null : Instant.ofEpochMilli(small());
    }

    @Nullable
    Instant wideTime() {
        return in.get() == StateWriter.NOTHING ? null : Instant.ofEpochMilli(in.getLong());
    }

    @Nullable
    Object value() {
        byte type = in.get();
        return switch (type) {
            case StateWriter.NOTHING -> null;
            case StateWriter.TEXT -> text();
            case StateWriter.INT -> in.getInt();
            case StateWriter.LONG -> in.getLong();
            case StateWriter.TRUE -> true;
            case StateWriter.FALSE -> false;
            case StateWriter.DECIMAL -> decimal();
            case StateWriter.WITHDRAWN -> Withdrawn.VALUE;
            default -> throw new IllegalStateException("state has a value of unknown type " + type);
        };
    }

    private BigDecimal decimal() {
        int scale = count();
        return new BigDecimal(new BigInteger(octets()), scale);
    }

    byte[] octets() {
        byte[] bytes = new byte[count()];
        in.get(bytes);
        return bytes;
    }
}
