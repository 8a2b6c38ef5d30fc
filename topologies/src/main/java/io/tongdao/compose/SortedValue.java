package io.tongdao.compose;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values of one item as bytes that sort as the values do, none being a prefix of another; unknown sorts lowest. */
final class SortedValue {
    /** Before all that are known. */
    static final byte[] LEAST = {1};

    private static final byte[] UNKNOWN = {0};
    private static final int KNOWN = 1;
    private static final int MIDDLE = 0x80;

    private SortedValue() {}

    static byte[] of(@Nullable Object value) {
        return switch (value) {
            case null -> UNKNOWN;
            case Integer number -> whole(number);
            case Long number -> whole(number);
            case Boolean yes -> new byte[] {KNOWN, (byte) (yes ? 1 : 0)};
            case BigDecimal number -> decimal(number.unscaledValue());
            default -> text(value.toString());
        };
    }

    private static byte[] whole(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) KNOWN)
                .putLong(number ^ Long.MIN_VALUE)
                .array();
    }

    /** All of one item have one scale: its sign and length lead, then its magnitude. */
    private static byte[] decimal(BigInteger unscaled) {
        byte[] magnitude = unscaled.abs().toByteArray();
        boolean negative = unscaled.signum() < 0;
        byte[] out = new byte[2 + magnitude.length];
        out[0] = KNOWN;
        out[1] = (byte) (negative ? MIDDLE - magnitude.length : MIDDLE + magnitude.length);
        for (int i = 0; i < magnitude.length; i++) {
            out[2 + i] = negative ? (byte) ~magnitude[i] : magnitude[i];
        }
        return out;
    }

    /** A zero in the text is doubled with 255, and two zeros end it. */
    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(2 * bytes.length + 3).put((byte) KNOWN);
        for (byte octet : bytes) {
            out.put(octet);
            if (octet == 0) {
                out.put((byte) 0xff);
            }
        }
        out.put((byte) 0).put((byte) 0);
        byte[] all = new byte[out.position()];
        out.flip().get(all);
        return all;
    }
}
