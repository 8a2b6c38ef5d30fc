package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.Divisions;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Brings two values to one form before a conflict is called (疑义): the same thing written differently is no conflict. */
final class Comparisons {
    /** · • ∙ ⋅ ‧ ・ and the dot, which names of minorities are written with. */
    private static final String INTERPUNCTS = "\u00b7\u2022\u2219\u22c5\u2027\u30fb.";

    private static final String OPENING = "([{\u3014\u3010";
    private static final String CLOSING = ")]}\u3015\u3011";

    private Comparisons() {}

    static boolean same(Comparison how, Object a, Object b, Divisions divisions) {
        return a.equals(b) || normal(how, a, divisions).equals(normal(how, b, divisions));
    }

    /** The form that is compared, and digested. */
    static String normal(Comparison how, Object value, Divisions divisions) {
        return switch (how) {
            case EXACT -> value instanceof BigDecimal number ? plain(number) : value.toString();
            case HAN_NAME -> letters(value, INTERPUNCTS, "\u00b7");
            case DATE -> date(value);
            case DIVISION -> divisions.current(letters(value, "", ""));
            case CODE -> letters(value, "", "");
            case ORGANISATION_NAME -> letters(value, OPENING + CLOSING, "(".repeat(5) + ")".repeat(5));
        };
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** NFKC, without spaces and invisible characters, upper case; each character of {@code from} becomes its peer in {@code to}. */
    private static String letters(Object value, String from, String to) {
        String text = Normalizer.normalize(value.toString(), Normalizer.Form.NFKC);
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().filter(c -> !invisible(c)).forEach(c -> {
            int at = from.indexOf(c);
            out.appendCodePoint(at < 0 ? c : to.charAt(Math.min(at, to.length() - 1)));
        });
        return out.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean invisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.CONTROL
                || isVariationSelector(c);
    }

    private static boolean isVariationSelector(int c) {
        return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
    }

    private static String date(Object value) {
        if (value instanceof Number day) {
            return Long.toString(day.longValue());
        }
        String text = letters(value, "", "");
        try {
            return Long.toString(LocalDate.parse(
                            text,
                            text.indexOf('-') < 0 ? DateTimeFormatter.BASIC_ISO_DATE : DateTimeFormatter.ISO_LOCAL_DATE)
                    .toEpochDay());
        } catch (DateTimeException e) {
            return text;
        }
    }
}
