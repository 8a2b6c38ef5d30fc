package io.tongdao.lakehouse.open;

import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/**
 * From a value to what is published of it on one rung. Values are text as SQL casts them: dates and times in ISO 8601, numbers in plain digits.
 * Fails closed: what can't be read on a rung is null there, and on every coarser one.
 */
public final class Generaliser {
    private static final int COUNTY_DIGITS = 6;
    private static final int DAY_LENGTH = 10;
    private static final int MONTH_LENGTH = 7;
    /** Of a credit code, where the division of the office that gave it out begins (GB 32100). */
    private static final int OFFICE = 2;

    private final Divisions divisions;

    public Generaliser(Divisions divisions) {
        this.divisions = divisions;
    }

    /** Null: nothing is known, or nothing is told. */
    public @Nullable String on(Rung rung, ItemType type, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (rung) {
            case KEEP -> value;
            case DROP -> null;
            case COUNTY, PREFECTURE, PROVINCE -> division(rung, type, value);
            case DAY, MONTH, YEAR, BAND5, BAND10 -> date(rung, value);
            case BAND, MAGNITUDE -> number(rung, value);
            case HEAD4, HEAD3, HEAD2, HEAD1 -> head(rung.head(), value);
        };
    }

    /** Codes as sources write them: a full-width digit is a digit. */
    private @Nullable String division(Rung rung, ItemType type, String written) {
        String value = Normalizer.normalize(written, Normalizer.Form.NFKC);
        int from = type instanceof ItemType.CreditCodeType ? OFFICE : 0;
        if (value.length() < from + COUNTY_DIGITS) {
            return null;
        }
        String at = divisions.current(value.substring(from, from + COUNTY_DIGITS));
        while (at != null && level(at).compareTo(rung) < 0) {
            at = divisions.parents().get(at);
        }
        return at != null && divisions.names().containsKey(at) ? at : null;
    }

    /** A code that is a prefecture's own stays one on the rung of counties. */
    private static Rung level(String code) {
        if (code.endsWith("0000")) {
            return Rung.PROVINCE;
        }
        return code.endsWith("00") ? Rung.PREFECTURE : Rung.COUNTY;
    }

    private static @Nullable String date(Rung rung, String value) {
        try {
            LocalDate day = LocalDate.parse(value.substring(0, Math.min(DAY_LENGTH, value.length())));
            return switch (rung) {
                case DAY -> day.toString();
                case MONTH -> day.toString().substring(0, MONTH_LENGTH);
                case BAND5 -> band(day.getYear(), 5);
                case BAND10 -> band(day.getYear(), 10);
                case YEAR, KEEP, COUNTY, PREFECTURE, PROVINCE, BAND, MAGNITUDE, HEAD4, HEAD3, HEAD2, HEAD1, DROP ->
                    Year.from(day).toString();
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String band(int year, int years) {
        int first = Math.floorDiv(year, years) * years;
        return first + "-" + (first + years - 1);
    }

    private static @Nullable String number(Rung rung, String value) {
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            return null;
        }
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal size = number.abs();
        int power = size.precision() - size.scale() - 1;
        BigInteger digit = rung == Rung.BAND ? size.movePointLeft(power).toBigInteger() : BigInteger.ONE;
        BigInteger next = rung == Rung.BAND ? digit.add(BigInteger.ONE) : BigInteger.TEN;
        String low = new BigDecimal(digit)
                .scaleByPowerOfTen(power)
                .stripTrailingZeros()
                .toPlainString();
        String high = new BigDecimal(next)
                .scaleByPowerOfTen(power)
                .stripTrailingZeros()
                .toPlainString();
        return number.signum() > 0 ? "[" + low + "," + high + ")" : "(-" + high + ",-" + low + "]";
    }

    private static String head(int characters, String value) {
        return value.codePointCount(0, value.length()) <= characters
                ? value
                : value.substring(0, value.offsetByCodePoints(0, characters));
    }
}
