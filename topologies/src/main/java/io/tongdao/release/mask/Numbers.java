package io.tongdao.release.mask;

import io.tongdao.contract.plan.ItemType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Masks of dates and numbers. {@code band}: ten years, {@code 1990-1999}, or one leading digit, {@code 5000..6000}. {@code round}: the
 * middle of the interval that has the value's first two digits and is at least ten units of the last place wide; a value that is itself a
 * middle gets its neighbour's.
 */
final class Numbers {
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private Numbers() {}

    static Integer year(Object value, ItemType type) {
        return date(value, type).getYear();
    }

    static String band(Object value, ItemType type) {
        if (type instanceof ItemType.Date || type instanceof ItemType.Timestamp) {
            int first = Math.floorDiv(year(value, type), 10) * 10;
            return first + "-" + (first + 9);
        }
        BigDecimal number = number(value);
        BigDecimal width = width(number, 0);
        BigDecimal low = number.divide(width, 0, RoundingMode.FLOOR).multiply(width);
        return low.toPlainString() + ".." + low.add(width).toPlainString();
    }

    static @Nullable Object round(Object value, ItemType type) {
        BigDecimal number = number(value);
        BigDecimal size = number.abs();
        BigDecimal width = width(number, 1).max(BigDecimal.valueOf(10, number.scale()));
        BigDecimal middle = size.divide(width, 0, RoundingMode.FLOOR)
                .multiply(width)
                .add(width.divide(BigDecimal.TWO))
                .setScale(number.scale(), RoundingMode.UNNECESSARY);
        if (middle.compareTo(size) == 0) {
            middle = size.compareTo(width) > 0 ? middle.subtract(width) : middle.add(width);
        }
        return typed(number.signum() < 0 ? middle.negate() : middle, type);
    }

    private static @Nullable Object typed(BigDecimal rounded, ItemType type) {
        return switch (type) {
            case ItemType.Int t -> rounded.intValueExact();
            case ItemType.BigInt t -> rounded.longValueExact();
            case ItemType.Decimal t -> rounded.precision() <= t.precision() ? rounded : null;
            case ItemType.Text t -> null;
            case ItemType.CitizenIdType t -> null;
            case ItemType.CreditCodeType t -> null;
            case ItemType.DocumentType t -> null;
            case ItemType.DivisionType t -> null;
            case ItemType.Code t -> null;
            case ItemType.Date t -> null;
            case ItemType.Timestamp t -> null;
            case ItemType.Bool t -> null;
        };
    }

    /** 10 to the power of the number's leading digit, less {@code digits}; of zero: 1. */
    private static BigDecimal width(BigDecimal number, int digits) {
        int leading = number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
        return BigDecimal.ONE.scaleByPowerOfTen(leading - digits);
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> new BigDecimal(BigInteger.valueOf(number));
            default -> throw new IllegalArgumentException("not a number");
        };
    }

    private static LocalDate date(Object value, ItemType type) {
        return type instanceof ItemType.Timestamp
                ? LocalDate.ofEpochDay(Math.floorDiv((Long) value, MICROS_A_DAY))
                : LocalDate.ofEpochDay((Integer) value);
    }
}
