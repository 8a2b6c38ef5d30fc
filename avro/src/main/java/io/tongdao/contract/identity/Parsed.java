package io.tongdao.contract.identity;

/** A value, or the code of the reason why there is none. The rejected text itself is never kept. */
public sealed interface Parsed<T> {

    record Valid<T>(T value) implements Parsed<T> {}

    /** @param code a short stable code such as {@code id.check-digit}; carries nothing of the input */
    record Invalid<T>(String code) implements Parsed<T> {}

    static <T> Parsed<T> valid(T value) {
        return new Valid<>(value);
    }

    static <T> Parsed<T> invalid(String code) {
        return new Invalid<>(code);
    }
}
