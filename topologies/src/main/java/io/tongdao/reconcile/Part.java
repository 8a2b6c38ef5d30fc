package io.tongdao.reconcile;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a value of state: as it was read, as it was asked for or set, or both. */
final class Part<T> {
    private byte @Nullable [] bytes;
    private @Nullable T value;

    /** As it was read. */
    static <T> Part<T> read(byte[] bytes) {
        Part<T> part = new Part<>();
        part.bytes = bytes;
        return part;
    }

    T value(Function<byte[], T> decode) {
        T known = value;
        if (known == null) {
            known = decode.apply(Objects.requireNonNull(bytes));
            value = known;
        }
        return known;
    }

    void set(T next) {
        value = next;
        bytes = null;
    }

    /** What was read and not changed since; null: it was set. */
    byte @Nullable [] unchanged() {
        return bytes;
    }

    byte[] bytes(Function<T, byte[]> encode) {
        return bytes == null ? encode.apply(Objects.requireNonNull(value)) : bytes;
    }
}
