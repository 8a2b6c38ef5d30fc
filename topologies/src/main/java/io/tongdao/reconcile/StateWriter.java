package io.tongdao.reconcile;

import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.RowId;
import io.tongdao.reconcile.rule.Withdrawn;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes values of state: compact, self-describing, behind a format byte. Reused: not thread-safe. */
final class StateWriter {
    static final byte NOTHING = 0;
    static final byte TEXT = 'S';
    static final byte INT = 'I';
    static final byte LONG = 'L';
    static final byte TRUE = 'T';
    static final byte FALSE = 'F';
    static final byte DECIMAL = 'D';
    static final byte WITHDRAWN = 'W';

    private ByteBuffer out = ByteBuffer.allocate(512);

    StateWriter begin(byte format) {
        out.clear();
        return octet(format);
    }

    StateWriter octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    StateWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** A count or length: seven bits a byte. */
    StateWriter count(int value) {
        int rest = value;
        while (rest > 0x7f) {
            octet((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return octet(rest);
    }

    StateWriter text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A name as four bytes. */
    StateWriter name(int hash) {
        room(Integer.BYTES).putInt(hash);
        return this;
    }

    /** A number that is mostly small: seven bits a byte, nine bytes at most, then eight bits. */
    StateWriter small(long value) {
        long rest = value;
        ByteBuffer to = room(Long.BYTES + 1);
        for (int i = 0; i < Long.BYTES && rest >>> 7 != 0; i++) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
        return this;
    }

    /** Both positions of a change are near each other in most logs. */
    StateWriter pos(Pos pos) {
        long behind = pos.commit() - pos.change();
        return small(Integer.toUnsignedLong(pos.epoch()))
                .small(pos.commit())
                .small((behind << 1) ^ (behind >> 63))
                .small(Integer.toUnsignedLong(pos.ordinal()));
    }

    StateWriter row(RowId row) {
        return number(row.high()).number(row.low());
    }

    StateWriter time(@Nullable Instant instant) {
        return instant == null ? octet(NOTHING) : octet(LONG).small(instant.toEpochMilli());
    }

    StateWriter value(@Nullable Object value) {
        return switch (value) {
            case null -> octet(NOTHING);
            case String text -> octet(TEXT).text(text);
            case Integer number -> {
                room(1 + Integer.BYTES).put(INT).putInt(number);
                yield this;
            }
            case Long number -> octet(LONG).number(number);
            case Withdrawn nothing -> octet(WITHDRAWN);
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

    byte[] end() {
        byte[] all = new byte[out.position()];
        out.flip().get(all);
        return all;
    }

    StateWriter octets(byte[] bytes) {
        count(bytes.length);
        room(bytes.length).put(bytes);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            out = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + bytes))
                    .put(out.flip());
        }
        return out;
    }
}
