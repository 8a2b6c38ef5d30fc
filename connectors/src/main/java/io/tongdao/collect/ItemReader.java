package io.tongdao.collect;

import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.plan.ItemType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Brings one column to the declared type of its item: the one type table for all databases (ops/decisions/0063). In: what Debezium
 * gives for the column. Out: {@code String}, {@code Integer} (also epoch days), {@code Long} (also local microseconds),
 * {@code BigDecimal}, {@code Boolean}; null for null; or {@link Rejected}. Compiled once per column; no regular expression, no
 * reflection.
 */
@FunctionalInterface
interface ItemReader {
    /** Debezium's stand-in for an unchanged large value. With full before-images it never occurs; it must not get through. */
    String UNAVAILABLE = "__debezium_unavailable_value";

    @Nullable
    Object read(Object raw);

    static ItemReader of(ItemType type, Schema column) {
        ItemReader reader = plain(type, column);
        if (type instanceof ItemType.Date || type instanceof ItemType.Timestamp || !Columns.counted(column)) {
            return reader;
        }
        // a count of days or of microseconds is neither the text nor the number that the catalogue means
        Rejected rejected =
                type instanceof ItemType.Int || type instanceof ItemType.BigInt || type instanceof ItemType.Decimal
                        ? Rejected.TYPE_NUMBER
                        : Rejected.TYPE_TEXT;
        return raw -> rejected;
    }

    private static ItemReader plain(ItemType type, Schema column) {
        boolean padded = Columns.padded(column);
        return switch (type) {
            case ItemType.Text t ->
                Columns.listed(column)
                        ? raw -> text(Columns.json(raw), t.length(), false)
                        : raw -> text(raw, t.length(), padded);
            case ItemType.Code t -> raw -> text(raw, Integer.MAX_VALUE, true);
            case ItemType.DivisionType t -> raw -> identifier(t, raw);
            case ItemType.CitizenIdType t -> raw -> identifier(t, raw);
            case ItemType.CreditCodeType t -> raw -> identifier(t, raw);
            case ItemType.DocumentType t -> raw -> identifier(t, raw);
            case ItemType.Date t -> Dates.days(column);
            case ItemType.Timestamp t -> Dates.micros(column);
            case ItemType.Int t -> raw -> integer(raw, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case ItemType.BigInt t -> raw -> integer(raw, Long.MIN_VALUE, Long.MAX_VALUE);
            case ItemType.Bool t -> ItemReader::bool;
            case ItemType.Decimal t -> raw -> decimal(raw, t.precision(), t.scale());
        };
    }

    private static Object text(Object raw, int length, boolean padded) {
        String text;
        switch (raw) {
            case String s -> text = padded ? s.stripTrailing() : s;
            case Number n -> text = n instanceof BigDecimal d ? d.toPlainString() : n.toString();
            default -> {
                return Rejected.TYPE_TEXT;
            }
        }
        if (text.equals(UNAVAILABLE)) {
            return Rejected.UNAVAILABLE;
        }
        if (text.indexOf('\uFFFD') >= 0) {
            return Rejected.UNMAPPABLE;
        }
        return text.length() > length && text.codePointCount(0, text.length()) > length ? Rejected.TOO_LONG : text;
    }

    private static @Nullable Object identifier(ItemType type, Object raw) {
        Object text = text(raw, Integer.MAX_VALUE, true);
        if (!(text instanceof String s)) {
            return text;
        }
        if (s.isEmpty()) {
            return null;
        }
        return switch (Identifiers.parse(type, s)) {
            case Parsed.Valid<String> valid -> valid.value();
            case Parsed.Invalid<String> invalid -> new Rejected(invalid.code());
        };
    }

    private static @Nullable Object integer(Object raw, long min, long max) {
        BigDecimal number = number(raw);
        if (number == null) {
            return Rejected.TYPE_NUMBER;
        }
        try {
            long value = number.longValueExact();
            if (value < min || value > max) {
                return Rejected.OUT_OF_RANGE;
            }
            return max == Integer.MAX_VALUE ? (Object) (int) value : (Object) value;
        } catch (ArithmeticException e) {
            return Rejected.OUT_OF_RANGE;
        }
    }

    private static Object decimal(Object raw, int precision, int scale) {
        BigDecimal number = number(raw);
        if (number == null) {
            return Rejected.TYPE_NUMBER;
        }
        BigDecimal scaled = number.setScale(scale, RoundingMode.DOWN);
        if (scaled.compareTo(number) != 0) {
            return Rejected.TOO_PRECISE;
        }
        return scaled.precision() > precision ? Rejected.OUT_OF_RANGE : scaled;
    }

    /** NaN, infinities and what is no number give null. */
    private static @Nullable BigDecimal number(Object raw) {
        return switch (raw) {
            case Integer i -> BigDecimal.valueOf(i);
            case Long l -> BigDecimal.valueOf(l);
            case Short s -> BigDecimal.valueOf(s);
            case Byte b -> BigDecimal.valueOf(b);
            case BigDecimal d -> d;
            case Double d -> Double.isFinite(d) ? BigDecimal.valueOf(d) : null;
            case Float f -> Float.isFinite(f) ? new BigDecimal(f.toString()) : null;
            case String s -> parsed(s.strip());
            case Struct s -> Columns.variableScale(s);
            default -> null;
        };
    }

    private static @Nullable BigDecimal parsed(String text) {
        if (text.isEmpty() || text.length() > 100 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Object bool(Object raw) {
        if (raw instanceof Boolean) {
            return raw;
        }
        if (raw instanceof String text) {
            switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true" -> {
                    return true;
                }
                case "false" -> {
                    return false;
                }
                default -> {}
            }
        }
        BigDecimal number = number(raw);
        if (number == null || (number.signum() != 0 && number.compareTo(BigDecimal.ONE) != 0)) {
            return Rejected.TYPE_BOOLEAN;
        }
        return number.signum() != 0;
    }
}
