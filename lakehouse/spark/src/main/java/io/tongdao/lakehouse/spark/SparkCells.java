package io.tongdao.lakehouse.spark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark's values as the text that {@code tongdao query} has for them: dates and times in ISO 8601 (instants in UTC), decimals in full,
 * bytes in hex; lists in order, maps and structs by key.
 */
final class SparkCells {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private SparkCells() {}

    /** A row: its cells in the order of its columns. */
    static String text(Row row) {
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            cells.add(plain(row.get(i)));
        }
        return cells.toString();
    }

    private static Object plain(Object value) {
        if (value instanceof Row struct) {
            Map<String, Object> fields = new TreeMap<>();
            for (int i = 0; i < struct.length(); i++) {
                fields.put(struct.schema().fieldNames()[i], plain(struct.get(i)));
            }
            return fields;
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            Map<String, Object> entries = new TreeMap<>();
            CollectionConverters.asJava(map)
                    .forEach((key, each) -> entries.put(String.valueOf(plain(key)), plain(each)));
            return entries;
        }
        if (value instanceof scala.collection.Iterable<?> list) {
            List<Object> all = new ArrayList<>();
            CollectionConverters.asJava(list).forEach(each -> all.add(plain(each)));
            return all;
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof LocalDateTime local) {
            return LOCAL.format(local);
        }
        if (value instanceof Instant instant) {
            return LOCAL.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
        }
        return String.valueOf(value);
    }
}
