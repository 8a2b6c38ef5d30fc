package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.Year;
import io.debezium.time.ZonedTimestamp;
import io.tongdao.contract.plan.ItemType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The type table: what a column's value becomes, or why it becomes nothing. */
class ItemReaderTest {
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final Schema CHAR = SchemaBuilder.string()
            .optional()
            .parameter("__debezium.source.column.type", "BPCHAR")
            .build();
    private static final Schema DATE = Date.builder().optional().build();
    private static final Schema MICROS = MicroTimestamp.builder().optional().build();
    private static final Schema MILLIS = Timestamp.builder().optional().build();
    private static final Schema ZONED = ZonedTimestamp.builder().optional().build();
    private static final Schema YEAR = Year.builder().optional().build();
    private static final Schema TEXTS =
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();
    private static final Schema DATES = SchemaBuilder.array(DATE).optional().build();
    private static final Schema LONG = Schema.OPTIONAL_INT64_SCHEMA;
    private static final ItemType MONEY = new ItemType.Decimal(12, 2);

    private static int day(int year, int month, int day) {
        return (int) LocalDate.of(year, month, day).toEpochDay();
    }

    private static long micros(String local) {
        return TimeUnit.SECONDS.toMicros(LocalDateTime.parse(local).toEpochSecond(ZoneOffset.UTC));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(new ItemType.Text(4), TEXT, "ab  ", "ab  "),
                Arguments.of(new ItemType.Text(2), CHAR, "ab  ", "ab"),
                Arguments.of(new ItemType.Text(2), TEXT, "\uD840\uDC00\uD840\uDC01", "\uD840\uDC00\uD840\uDC01"),
                Arguments.of(new ItemType.Text(2), TEXT, "abc", Rejected.TOO_LONG),
                Arguments.of(new ItemType.Text(9), TEXT, "a\uFFFD", Rejected.UNMAPPABLE),
                Arguments.of(new ItemType.Text(99), TEXT, ItemReader.UNAVAILABLE, Rejected.UNAVAILABLE),
                Arguments.of(new ItemType.Text(9), TEXT, new byte[1], Rejected.TYPE_TEXT),
                Arguments.of(new ItemType.Text(9), DATE, day(1988, 4, 17), Rejected.TYPE_TEXT),
                Arguments.of(new ItemType.Int(), DATE, day(1988, 4, 17), Rejected.TYPE_NUMBER),
                Arguments.of(new ItemType.BigInt(), MICROS, 1L, Rejected.TYPE_NUMBER),
                Arguments.of(new ItemType.Decimal(20, 0), MILLIS, 1L, Rejected.TYPE_NUMBER),
                Arguments.of(new ItemType.Code("x"), DATE, 1, Rejected.TYPE_TEXT),
                Arguments.of(new ItemType.Bool(), DATE, 1, Rejected.TYPE_TEXT),
                Arguments.of(new ItemType.Int(), YEAR, 1988, 1988),
                Arguments.of(new ItemType.Text(30), ZONED, "1988-04-17T00:00:00Z", "1988-04-17T00:00:00Z"),
                Arguments.of(new ItemType.Text(30), TEXTS, Arrays.asList("a\"b", null, "赵"), "[\"a\\\"b\",null,\"赵\"]"),
                Arguments.of(new ItemType.Text(5), TEXTS, List.of("abcd"), Rejected.TOO_LONG),
                Arguments.of(new ItemType.Text(30), DATES, List.of(1), Rejected.TYPE_TEXT),
                Arguments.of(new ItemType.Code("x"), TEXTS, List.of("a"), Rejected.TYPE_TEXT),
                Arguments.of(new ItemType.Code("GB/T 2261.1"), TEXT, "1 ", "1"),
                Arguments.of(new ItemType.DivisionType(), TEXT, "53010", new Rejected("division.length")),
                Arguments.of(new ItemType.CitizenIdType(), TEXT, "11010519491231002x", "11010519491231002X"),
                Arguments.of(new ItemType.Date(), DATE, day(1988, 4, 17), day(1988, 4, 17)),
                Arguments.of(new ItemType.Date(), DATE, Integer.MIN_VALUE, Rejected.NO_DATE),
                Arguments.of(new ItemType.Date(), TEXT, "19880417", day(1988, 4, 17)),
                Arguments.of(new ItemType.Date(), TEXT, "1988-04-17", day(1988, 4, 17)),
                Arguments.of(new ItemType.Date(), TEXT, "1988-02-30", Rejected.NO_DATE),
                Arguments.of(new ItemType.Date(), TEXT, "spring", Rejected.TYPE_DATE),
                Arguments.of(new ItemType.Date(), MICROS, micros("1988-04-17T00:00:00"), day(1988, 4, 17)),
                Arguments.of(new ItemType.Date(), MICROS, micros("1988-04-17T00:00:01"), Rejected.TYPE_DATE),
                Arguments.of(
                        new ItemType.Timestamp(), MICROS, micros("1988-04-17T02:30:00"), micros("1988-04-17T02:30:00")),
                Arguments.of(new ItemType.Timestamp(), MILLIS, 1500L, 1_500_000L),
                Arguments.of(new ItemType.Timestamp(), TEXT, "1988-04-17 02:30", micros("1988-04-17T02:30:00")),
                Arguments.of(
                        new ItemType.Timestamp(),
                        TEXT,
                        "1988-04-17T02:30:00.000001",
                        micros("1988-04-17T02:30:00") + 1),
                Arguments.of(new ItemType.Timestamp(), TEXT, "1988-04-17 02:30:00.0000001", Rejected.TYPE_TIMESTAMP),
                Arguments.of(new ItemType.Timestamp(), TEXT, "1988-02-30 02:30:00", Rejected.NO_DATE),
                Arguments.of(new ItemType.Timestamp(), TEXT, "1988-04-17 25:30:00", Rejected.TYPE_TIMESTAMP),
                Arguments.of(new ItemType.Timestamp(), TEXT, "1988-04-17", Rejected.TYPE_TIMESTAMP),
                Arguments.of(new ItemType.Timestamp(), TEXT, "1988-04-17T02:30:00+08:00", Rejected.TYPE_TIMESTAMP),
                Arguments.of(new ItemType.Timestamp(), TEXT, " ", null),
                Arguments.of(new ItemType.Bool(), TEXT, "true", true),
                Arguments.of(new ItemType.Bool(), TEXT, "FALSE", false),
                Arguments.of(new ItemType.Bool(), TEXT, "yes", Rejected.TYPE_BOOLEAN),
                Arguments.of(new ItemType.Timestamp(), MILLIS, Long.MAX_VALUE, Rejected.NO_DATE),
                Arguments.of(new ItemType.Timestamp(), ZONED, "2026-01-01T00:00:00Z", micros("2026-01-01T08:00:00")),
                Arguments.of(new ItemType.Timestamp(), ZONED, "1970-01-01T00:00:00Z", Rejected.NO_DATE),
                Arguments.of(new ItemType.Int(), LONG, 5L, 5),
                Arguments.of(new ItemType.Int(), LONG, 1L << 40, Rejected.OUT_OF_RANGE),
                Arguments.of(
                        new ItemType.BigInt(), LONG, new BigDecimal("18446744073709551615"), Rejected.OUT_OF_RANGE),
                Arguments.of(new ItemType.BigInt(), LONG, (short) 5, 5L),
                Arguments.of(new ItemType.Bool(), LONG, (short) 1, true),
                Arguments.of(new ItemType.Bool(), LONG, (short) 2, Rejected.TYPE_BOOLEAN),
                Arguments.of(MONEY, TEXT, "1234.5", new BigDecimal("1234.50")),
                Arguments.of(MONEY, TEXT, "1234.567", Rejected.TOO_PRECISE),
                Arguments.of(MONEY, TEXT, "12345678901.00", Rejected.OUT_OF_RANGE),
                Arguments.of(MONEY, TEXT, "NaN", Rejected.TYPE_NUMBER),
                Arguments.of(MONEY, TEXT, "1e999999999", Rejected.TYPE_NUMBER));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aColumnsValueBecomes(ItemType type, Schema column, Object raw, Object expected) {
        // Given
        ItemReader reader = ItemReader.of(type, column);

        // When
        Object read = reader.read(raw);

        // Then
        assertThat(read).isEqualTo(expected);
    }
}
