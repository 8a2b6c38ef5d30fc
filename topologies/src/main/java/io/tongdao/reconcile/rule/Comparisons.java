package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.BasePlan.Comparison.Level;
import io.tongdao.contract.plan.BasePlan.Comparison.Precision;
import io.tongdao.contract.plan.Divisions;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Brings two values to one form before a conflict is called (疑义): the same thing written differently is no conflict, and two different
 * things are never made one by guess. Not thread-safe.
 */
public final class Comparisons {
    /** · • ∙ ⋅ ‧ ・ and the dot, which names of minorities are written with. */
    private static final String INTERPUNCTS = "\u00b7\u2022\u2219\u22c5\u2027\u30fb.";

    private static final String OPENING = "([{\u3014\u3010";
    private static final String CLOSING = ")]}\u3015\u3011";
    private static final String BRACKETS = "(".repeat(OPENING.length()) + ")".repeat(CLOSING.length());

    /** Two spellings of one legal form each, by the Company Law itself. */
    private static final String[][] FORMS = {
        {"\u80a1\u4efd\u6709\u9650\u516c\u53f8", "\u80a1\u4efd\u516c\u53f8"},
        {"\u6709\u9650\u8d23\u4efb\u516c\u53f8", "\u6709\u9650\u516c\u53f8"}
    };

    private static final int[] DIGITS = {2, 4, 6, 9};
    private static final int COUNTY = 6;

    private final Divisions divisions;
    private @Nullable AddressBook addresses;

    public Comparisons(Divisions divisions) {
        this.divisions = divisions;
    }

    /** Whether two values, each as Avro or a text gives it, say the same. */
    public boolean same(Comparison how, Object a, Object b) {
        if (a.equals(b)) {
            return true;
        }
        boolean near = how instanceof Comparison.Number && decimal(a) != null && decimal(b) != null;
        return near ? near((Comparison.Number) how, a, b) : normal(how, a).equals(normal(how, b));
    }

    /** The form that is compared, and digested. */
    String normal(Comparison how, Object value) {
        return switch (how) {
            case Comparison.Exact exact -> plain(value);
            case Comparison.Number number -> plain(value);
            case Comparison.HanName name -> letters(value, INTERPUNCTS, "\u00b7");
            case Comparison.Day day -> date(value, day.precision());
            case Comparison.Territory territory -> territory(letters(value, "", ""), territory.to());
            case Comparison.Code code -> letters(value, "", "");
            case Comparison.OrganisationName name -> organisation(letters(value, OPENING + CLOSING, BRACKETS));
            case Comparison.Address address -> address(letters(value, OPENING + CLOSING, BRACKETS), address.to());
        };
    }

    private static boolean near(Comparison.Number number, Object a, Object b) {
        BigDecimal one = decimal(a);
        BigDecimal other = decimal(b);
        if (one == null || other == null) {
            return false;
        }
        BigDecimal difference = one.subtract(other).abs();
        BigDecimal share = one.abs().max(other.abs()).multiply(number.relative());
        return difference.compareTo(number.absolute()) <= 0 || difference.compareTo(share) <= 0;
    }

    private static @Nullable BigDecimal decimal(Object value) {
        return switch (value) {
            case BigDecimal number -> number;
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            default -> null;
        };
    }

    private static String plain(Object value) {
        if (!(value instanceof BigDecimal number)) {
            return value.toString();
        }
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** NFKC, without spaces and invisible characters, upper case; each character of {@code from} becomes its peer in {@code to}. */
    private static String letters(Object value, String from, String to) {
        String text = Normalizer.normalize(value.toString(), Normalizer.Form.NFKC);
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!invisible(c)) {
                int at = from.indexOf(c);
                out.appendCodePoint(at < 0 ? c : to.charAt(Math.min(at, to.length() - 1)));
            }
        }
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

    private static String organisation(String name) {
        for (String[] form : FORMS) {
            if (name.endsWith(form[0])) {
                return name.substring(0, name.length() - form[0].length()) + form[1];
            }
        }
        return name;
    }

    /** Dates are epoch days, times local microseconds, texts ISO or basic dates; another text is itself. */
    private static String date(Object value, Precision precision) {
        return switch (value) {
            case Integer day -> date(LocalDate.ofEpochDay(day), precision);
            case Long micros -> date(LocalDate.ofEpochDay(Math.floorDiv(micros, EventTime.MICROS_A_DAY)), precision);
            default -> dateText(letters(value, "", ""), precision);
        };
    }

    private static String dateText(String text, Precision precision) {
        try {
            boolean basic = text.indexOf('-') < 0;
            return date(
                    LocalDate.parse(text, basic ? DateTimeFormatter.BASIC_ISO_DATE : DateTimeFormatter.ISO_LOCAL_DATE),
                    precision);
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static String date(LocalDate day, Precision precision) {
        return switch (precision) {
            case YEAR -> Integer.toString(day.getYear());
            case MONTH -> Long.toString(day.getYear() * 12L + day.getMonthValue());
            case DAY -> Long.toString(day.toEpochDay());
        };
    }

    /** Retired codes by their successors; to a level only where the code says as much. */
    private String territory(String code, Level to) {
        String current = divisions.current(code);
        if (to == Level.WHOLE) {
            return current;
        }
        int digits = DIGITS[to.ordinal()];
        if (digits <= COUNTY && current.length() > COUNTY) {
            current = divisions.current(current.substring(0, COUNTY));
        }
        return current.length() < digits || current.startsWith("00", digits - 2)
                ? current
                : current.substring(0, digits);
    }

    /**
     * Whole: the divisions that it begins with by code, then the rest, so that their names may be left out where the register tells
     * them. To a level: the code of that level; where the address does not tell it, whole.
     */
    private String address(String text, Level to) {
        AddressBook book = addresses;
        if (book == null) {
            book = new AddressBook(divisions, name -> letters(name, OPENING + CLOSING, BRACKETS));
            addresses = book;
        }
        AddressBook.Located located = book.locate(text);
        String whole = located.code() + '|' + located.rest();
        if (to == Level.WHOLE) {
            return whole;
        }
        int digits = Math.min(DIGITS[to.ordinal()], COUNTY);
        boolean told = located.code().length() == COUNTY && !located.code().startsWith("00", digits - 2);
        if (!told) {
            return whole;
        }
        String division = located.code().substring(0, digits);
        if (to != Level.TOWNSHIP) {
            return division;
        }
        String township = Townships.in(located.rest());
        return township.isEmpty() ? whole : division + township;
    }
}
