package io.tongdao.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateOut} wrote. */
public final class StateIn {
    private final ByteBuffer in;

    /** @throws IllegalStateException if a newer version wrote the value */
    public StateIn(byte[] value, byte newest) {
        in = ByteBuffer.wrap(value);
        byte format = in.get();
        if (format < 1 || format > newest) {
            throw new IllegalStateException("state has format " + format + ", this version reads up to " + newest
                    + ": it was written by a newer Tongdao");
        }
    }

    public int octet() {
        return in.get();
    }

    public boolean flag() {
        return in.get() != 0;
    }

    public long number() {
        return in.getLong();
    }

    public int count() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = in.get();
            value |= (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }

    public String text() {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    public byte[] octets() {
        return raw(count());
    }

    public byte[] raw(int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    public byte[] rest() {
        return raw(in.remaining());
    }

    @Nullable
    public Long time() {
        return in.get() == StateOut.NOTHING ? null : in.getLong();
    }

    @Nullable
    public Object value() {
        byte type = in.get();
        return switch (type) {
            case StateOut.NOTHING -> null;
            case StateOut.TEXT -> text();
            case StateOut.INT -> (int) in.getLong();
            case StateOut.LONG -> in.getLong();
            case StateOut.TRUE -> true;
            case StateOut.FALSE -> false;
            case StateOut.DECIMAL -> decimal();
            default -> throw new IllegalStateException("state has a value of unknown type " + type);
        };
    }

    private BigDecimal decimal() {
        int scale = count();
        return new BigDecimal(new BigInteger(octets()), scale);
    }
}
