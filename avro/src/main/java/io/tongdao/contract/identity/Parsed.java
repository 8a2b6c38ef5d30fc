package io.tongdao.contract.identity;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A value, or the code of the reason why there is none. The rejected text itself is never kept. A value may carry a warning: what is
 * doubtful about it without being wrong, such as an address code that nobody knows; it is to be counted, never to refuse a row.
 */
public sealed interface Parsed<T> {

    /** @param warning a short stable code such as {@code id.address-unknown}; empty where nothing is doubtful */
    record Valid<T>(T value, String warning) implements Parsed<T> {}

    /** @param code a short stable code such as {@code id.check-digit}; carries nothing of the input */
    record Invalid<T>(String code) implements Parsed<T> {}

    static <T> Parsed<T> valid(T value) {
        return new Valid<>(value, "");
    }

    static <T> Parsed<T> invalid(String code) {
        return new Invalid<>(code);
    }

    /** The same outcome for what is made of the value; a warning stays. */
    default <R> Parsed<R> map(Function<T, R> make) {
        return switch (this) {
            case Valid<T> valid -> new Valid<>(make.apply(valid.value()), valid.warning());
            case Invalid<T> invalid -> new Invalid<>(invalid.code());
        };
    }

    /** The same value, with a warning if it does not hold; a warning that it has already stays. */
    default Parsed<T> warnUnless(Predicate<T> holds, String warning) {
        return switch (this) {
            case Valid<T> valid
            when valid.warning().isEmpty() && !holds.test(valid.value()) -> new Valid<>(valid.value(), warning);
            case Valid<T> valid -> valid;
            case Invalid<T> invalid -> invalid;
        };
    }
}
