package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.config.CommonConnectorConfig.BinaryHandlingMode;
import io.debezium.connector.sqlserver.SqlServerValueConverters;
import io.debezium.jdbc.JdbcValueConverters.DecimalMode;
import io.debezium.jdbc.TemporalPrecisionMode;
import io.debezium.relational.Column;
import io.tongdao.contract.plan.ItemType;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import microsoft.sql.DateTimeOffset;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL Server's types by the type table: what its driver gives, through Debezium's own converters with our settings. */
class SqlServerTypesTest {
    private static final SqlServerValueConverters CONVERTERS = new SqlServerValueConverters(
            DecimalMode.STRING, TemporalPrecisionMode.MICROSECONDS, BinaryHandlingMode.BYTES);

    private static long micros(String local) {
        LocalDateTime time = LocalDateTime.parse(local);
        return TimeUnit.SECONDS.toMicros(time.toEpochSecond(ZoneOffset.UTC)) + time.getNano() / 1000;
    }

    private static Column column(String type, int jdbcType, int length, int scale) {
        return Column.editor()
                .name("C")
                .type(type)
                .jdbcType(jdbcType)
                .length(length)
                .scale(scale)
                .optional(true)
                .create();
    }

    static Stream<Arguments> values() {
        ItemType money = new ItemType.Decimal(12, 2);
        ItemType time = new ItemType.Timestamp();
        Column datetime2 = column("datetime2", Types.TIMESTAMP, 27, 7);
        Column datetime = column("datetime", Types.TIMESTAMP, 23, 3);
        return Stream.of(
                Arguments.of(
                        time,
                        datetime2,
                        Timestamp.valueOf("1988-04-17 00:30:00.1234567"),
                        micros("1988-04-17T00:30:00.123456")),
                Arguments.of(time, datetime2, Timestamp.valueOf("9999-12-31 23:59:59"), micros("9999-12-31T23:59:59")),
                Arguments.of(time, datetime2, Timestamp.valueOf("0001-01-01 00:00:00"), Rejected.NO_DATE),
                Arguments.of(
                        time,
                        datetime,
                        Timestamp.valueOf("2026-01-01 08:00:00.003"),
                        micros("2026-01-01T08:00:00.003")),
                Arguments.of(new ItemType.Date(), datetime, Timestamp.valueOf("1988-04-17 00:00:00"), (int)
                        LocalDate.of(1988, 4, 17).toEpochDay()),
                Arguments.of(
                        new ItemType.Date(),
                        column("date", Types.DATE, 10, 0),
                        java.sql.Date.valueOf("1988-04-17"),
                        (int) LocalDate.of(1988, 4, 17).toEpochDay()),
                Arguments.of(
                        time,
                        column("datetimeoffset", microsoft.sql.Types.DATETIMEOFFSET, 34, 7),
                        DateTimeOffset.valueOf(Timestamp.valueOf("2026-01-01 00:00:00"), 0),
                        micros("2026-01-01T08:00:00")),
                Arguments.of(
                        money,
                        column("money", microsoft.sql.Types.MONEY, 19, 4),
                        new BigDecimal("1234.5000"),
                        new BigDecimal("1234.50")),
                Arguments.of(
                        money, column("numeric", Types.NUMERIC, 20, 4), new BigDecimal("0.0010"), Rejected.TOO_PRECISE),
                Arguments.of(new ItemType.Int(), column("tinyint", Types.TINYINT, 3, 0), (short) 255, 255),
                Arguments.of(new ItemType.Bool(), column("bit", Types.BIT, 1, 0), true, true),
                Arguments.of(new ItemType.BigInt(), column("bigint identity", Types.BIGINT, 19, 0), 1L << 60, 1L << 60),
                Arguments.of(new ItemType.Text(4), column("nchar", Types.NCHAR, 6, 0), "龙凤  ", "龙凤"),
                Arguments.of(new ItemType.Text(4), column("nvarchar", Types.NVARCHAR, 6, 0), "龙凤  ", "龙凤  "),
                Arguments.of(
                        new ItemType.Text(36),
                        column("uniqueidentifier", Types.CHAR, 36, 0),
                        "6F9619FF-8B86-D011-B42D-00C04FC964FF",
                        "6F9619FF-8B86-D011-B42D-00C04FC964FF"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aColumnsValueBecomes(ItemType type, Column column, Object driven, Object expected) {
        // Given
        Schema schema = CONVERTERS
                .schemaBuilder(column)
                .optional()
                .parameter("__debezium.source.column.type", column.typeName())
                .build();
        Object given = CONVERTERS.converter(column, new Field("C", 0, schema)).convert(driven);

        // When
        Object read = ItemReader.of(type, schema).read(given);

        // Then
        assertThat(read).isEqualTo(expected);
    }
}
