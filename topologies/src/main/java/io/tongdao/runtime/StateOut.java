package io.tongdao.runtime;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes values of state and messages between tasks: compact, self-describing, behind a format byte. */
public final class StateOut {
    static final byte NOTHING = 0;
    static final byte TEXT = 'S';
    static final byte INT = 'I';
    static final byte LONG = 'L';
    static final byte TRUE = 'T';
    static final byte FALSE = 'F';
    static final byte DECIMAL = 'D';

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    public StateOut(byte format) {
        out.write(format);
    }

    public StateOut octet(int value) {
        out.write(value);
        return this;
    }

    public StateOut flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    public StateOut number(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** A count or length: seven bits a byte. */
    public StateOut count(int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return octet(rest);
    }

    public StateOut text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes with their length. */
    public StateOut octets(byte[] bytes) {
        return count(bytes.length).raw(bytes);
    }

    /** Bytes whose length the reader knows. */
    public StateOut raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    public StateOut time(@Nullable Long millis) {
        return millis == null ? octet(NOTHING) : octet(LONG).number(millis);
    }

    public StateOut value(@Nullable Object value) {
        return switch (value) {
            case null -> octet(NOTHING);
            case String text -> octet(TEXT).text(text);
            case Integer number -> octet(INT).number(number);
            case Long number -> octet(LONG).number(number);
            case Boolean yes -> octet(yes ? TRUE : FALSE);
            case BigDecimal number ->
                octet(DECIMAL)
                        .count(number.scale())
                        .octets(number.unscaledValue().toByteArray());
            default ->
                throw new IllegalArgumentException(
                        "state can't hold a " + value.getClass().getName());
        };
    }

    public byte[] end() {
        return out.toByteArray();
    }
}
