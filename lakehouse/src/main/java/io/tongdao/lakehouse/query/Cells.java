package io.tongdao.lakehouse.query;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Values of a result as text: dates and times in ISO 8601 (instants in UTC), decimals in full, bytes in hex, nested values as JSON. */
final class Cells {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(java.util.Locale.ROOT);

    private Cells() {}

    /** A cell as plain Java: text, number, boolean, list or map. */
    static @Nullable Object of(ResultSet result, int column) throws SQLException {
        return plain(result.getObject(column));
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> new Digits(decimal.toPlainString());
            case Float real -> real.isNaN() || real.isInfinite() ? real.toString() : new Digits(real.toString());
            case Double real -> real.isNaN() || real.isInfinite() ? real.toString() : new Digits(real.toString());
            case Number number -> new Digits(number.toString());
            case Boolean truth -> truth;
            case Timestamp timestamp -> LOCAL.format(timestamp.toLocalDateTime());
            case LocalDateTime local -> LOCAL.format(local);
            case OffsetDateTime instant -> LOCAL.format(instant.withOffsetSameInstant(ZoneOffset.UTC)) + "Z";
            case Blob blob -> HexFormat.of().formatHex(blob.getBytes(1, Math.toIntExact(blob.length())));
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Array array -> list((Object[]) array.getArray());
            case DuckDBStruct struct -> map(struct.getMap());
            case Struct struct -> list(struct.getAttributes());
            case List<?> list -> list(list.toArray());
            case Map<?, ?> map -> map(map);
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(@Nullable Object[] values) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object each : values) {
            list.add(plain(each));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> values) throws SQLException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> each : values.entrySet()) {
            map.put(String.valueOf(text(plain(each.getKey()))), plain(each.getValue()));
        }
        return map;
    }

    /** Digits that stand in JSON without quotes. */
    private record Digits(String digits) {
        @Override
        public String toString() {
            return digits;
        }
    }

    static @Nullable String text(@Nullable Object plain) {
        return switch (plain) {
            case null -> null;
            case List<?> list -> json(list);
            case Map<?, ?> map -> json(map);
            default -> plain.toString();
        };
    }

    static String json(@Nullable Object plain) {
        return switch (plain) {
            case null -> "null";
            case Digits number -> number.digits();
            case Boolean truth -> truth.toString();
            case List<?> list -> list.stream().map(Cells::json).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(each -> quoted(each.getKey().toString()) + ":" + json(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> quoted(plain.toString());
        };
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    /** Columns that a terminal needs: East Asian wide characters take two. */
    static int width(String text) {
        return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
