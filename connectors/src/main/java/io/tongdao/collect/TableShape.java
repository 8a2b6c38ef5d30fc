package io.tongdao.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/**
 * A source table as its events show it: column names and types, never a value.
 *
 * @param columns by name in the table's order, each {@code type(length,scale)}
 * @param key the primary key's columns; empty: there is none
 */
public record TableShape(Map<String, Column> columns, List<String> key) {
    private static final String IDENTITY = " IDENTITY";
    private static final String PARAMETER = "__debezium.source.column.";

    /**
     * A column's type. Sizes count for integers, texts and decimals alone: of other types a snapshot's metadata and the log's tell
     * different ones for one column.
     *
     * @param length characters, digits or bits; 0: none
     */
    public record Column(String type, long length, int scale) {
        /** PostgreSQL's largest declared precision: its metadata has more for a number that is declared without one. */
        private static final int MOST_DIGITS = 1000;

        private static final List<String> INTEGERS =
                List.of("TINYINT", "SMALLINT", "INT2", "MEDIUMINT", "INT", "INTEGER", "INT4", "BIGINT", "INT8");
        private static final List<Integer> WIDTHS = List.of(1, 2, 2, 3, 4, 4, 4, 8, 8);
        private static final List<String> TEXTS = List.of(
                "CHAR",
                "BPCHAR",
                "NCHAR",
                "VARCHAR",
                "NVARCHAR",
                "TINYTEXT",
                "TEXT",
                "NTEXT",
                "MEDIUMTEXT",
                "LONGTEXT");
        private static final List<String> DECIMALS = List.of("NUMERIC", "DECIMAL");

        /** How a column's type went from this to another. */
        enum Move {
            SAME,
            WIDENED,
            NARROWED,
            RETYPED
        }

        Move to(Column next) {
            if (equals(next)) {
                return Move.SAME;
            }
            int was = INTEGERS.indexOf(type);
            int is = INTEGERS.indexOf(next.type);
            if (was >= 0 && is >= 0) {
                return grown(WIDTHS.get(was), WIDTHS.get(is));
            }
            if (TEXTS.contains(type) && TEXTS.contains(next.type)) {
                return grown(characters(), next.characters());
            }
            if (DECIMALS.contains(type) && DECIMALS.contains(next.type)) {
                return decimal(next);
            }
            return type.equals(next.type) ? Move.SAME : Move.RETYPED;
        }

        private Move decimal(Column next) {
            if (next.isUnbound()) {
                return isUnbound() ? Move.SAME : Move.WIDENED;
            }
            boolean holds = !isUnbound() && next.scale >= scale && next.length - next.scale >= length - scale;
            return holds ? Move.WIDENED : Move.NARROWED;
        }

        private boolean isUnbound() {
            return length == 0 || length > MOST_DIGITS;
        }

        private long characters() {
            return switch (type) {
                case "TINYTEXT" -> 255;
                case "TEXT", "NTEXT", "MEDIUMTEXT", "LONGTEXT" -> Integer.MAX_VALUE;
                default -> length == 0 ? Integer.MAX_VALUE : length;
            };
        }

        private static Move grown(long was, long is) {
            return is == was ? Move.SAME : is > was ? Move.WIDENED : Move.NARROWED;
        }

        @Override
        public String toString() {
            String size = length == 0 ? "" : scale == 0 ? "(" + length + ")" : "(" + length + "," + scale + ")";
            return type.toLowerCase(Locale.ROOT) + size;
        }
    }

    static TableShape of(Schema row, List<String> key) {
        Map<String, Column> columns = new LinkedHashMap<>();
        row.fields().forEach(field -> columns.put(field.name(), column(field.schema())));
        return new TableShape(columns, key);
    }

    static List<String> key(Schema primaryKey) {
        List<String> names = new ArrayList<>();
        primaryKey.fields().forEach(field -> names.add(field.name()));
        return names;
    }

    static Column column(Schema column) {
        Map<String, String> told = column.parameters() == null ? Map.of() : column.parameters();
        String type = told.getOrDefault(PARAMETER + "type", column.type().name());
        return new Column(
                word(type), number(told.get(PARAMETER + "length")), (int) number(told.get(PARAMETER + "scale")));
    }

    /** Without what stands in brackets: {@code VARCHAR(20)} and {@code varchar} are one type, {@code int identity} is int. */
    private static String word(String type) {
        int bracket = type.indexOf('(');
        String word = (bracket < 0 ? type : type.substring(0, bracket)).strip().toUpperCase(Locale.ROOT);
        return word.endsWith(IDENTITY) ? word.substring(0, word.length() - IDENTITY.length()) : word;
    }

    private static long number(@org.jspecify.annotations.Nullable String text) {
        long value = text == null ? 0 : Long.parseLong(text);
        return value < 0 || value >= Integer.MAX_VALUE ? 0 : value;
    }
}
