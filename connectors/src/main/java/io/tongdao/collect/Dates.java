package io.tongdao.collect;

import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.NanoTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Dates as epoch days and local times as microseconds since 1970-01-01T00:00, with no instant in between: Asia/Shanghai had summer
 * time from 1986 to 1991. Only a column that holds an instant is brought to local time, by the law's time zone.
 */
final class Dates {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    /** MariaDB keeps no promise for earlier years, and JDBC reads years before Christ as years after. */
    private static final long FIRST_DAY = LocalDate.of(1000, 1, 1).toEpochDay();

    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    /** MariaDB's zero TIMESTAMP; its first real one is a second later. */
    private static final String ZERO_INSTANT = "1970-01-01T00:00:00Z";

    private static final int SHORTEST_TIME = "yyyy-MM-dd HH:mm".length();

    private Dates() {}

    /** Whether the column is a date or a time of day and date by its own type. */
    static boolean dated(Schema column) {
        return switch (column.name()) {
            case null -> false;
            case Date.SCHEMA_NAME, Timestamp.SCHEMA_NAME, MicroTimestamp.SCHEMA_NAME, ZonedTimestamp.SCHEMA_NAME ->
                true;
            default -> false;
        };
    }

    /** Whether the value may be one that Debezium puts in a column that can't be null: its default, 1970-01-01, no text. */
    static boolean standIn(Schema column, Object raw) {
        return !column.isOptional()
                && switch (raw) {
                    case Number number -> number.longValue() == 0 || number.equals(column.defaultValue());
                    case String text -> text.isEmpty() || text.equals(column.defaultValue());
                    default -> false;
                };
    }

    static ItemReader days(Schema column) {
        return raw -> {
            if (raw instanceof Integer days && !timed(column)) {
                return day(days);
            }
            if (raw instanceof String text && !ZonedTimestamp.SCHEMA_NAME.equals(column.name())) {
                return written(text.strip());
            }
            Object micros = local(column.name(), raw);
            if (!(micros instanceof Long value)) {
                return micros == null ? null : micros == Rejected.TYPE_TIMESTAMP ? Rejected.TYPE_DATE : micros;
            }
            return Math.floorMod(value, DAY) == 0 ? day(Math.floorDiv(value, DAY)) : Rejected.TYPE_DATE;
        };
    }

    static ItemReader micros(Schema column) {
        return raw -> raw instanceof Integer days && !timed(column) ? days(days) : local(column.name(), raw);
    }

    private static boolean timed(Schema column) {
        return column.type() == Schema.Type.INT64;
    }

    private static Object days(int days) {
        Object day = day(days);
        return day instanceof Integer ? (Object) (days * DAY) : day;
    }

    private static Object day(long days) {
        return days < FIRST_DAY || days > LAST_DAY ? Rejected.NO_DATE : (Object) (int) days;
    }

    private static @Nullable Object local(@Nullable String form, Object raw) {
        if (raw instanceof Long value && form != null) {
            return switch (form) {
                case Timestamp.SCHEMA_NAME -> bounded(value, 1000);
                case MicroTimestamp.SCHEMA_NAME -> bounded(value, 1);
                case NanoTimestamp.SCHEMA_NAME -> bounded(Math.floorDiv(value, 1000), 1);
                default -> Rejected.TYPE_TIMESTAMP;
            };
        }
        if (raw instanceof String text) {
            return ZonedTimestamp.SCHEMA_NAME.equals(form) ? zoned(text) : writtenTime(text.strip());
        }
        return Rejected.TYPE_TIMESTAMP;
    }

    private static Object bounded(long value, long factor) {
        long day = Math.floorDiv(value, DAY / factor);
        return day < FIRST_DAY || day > LAST_DAY ? Rejected.NO_DATE : (Object) (value * factor);
    }

    private static Object zoned(String text) {
        if (text.equals(ZERO_INSTANT)) {
            return Rejected.NO_DATE;
        }
        try {
            LocalDateTime local =
                    OffsetDateTime.parse(text).atZoneSameInstant(CHINA).toLocalDateTime();
            long micros = TimeUnit.SECONDS.toMicros(local.toEpochSecond(ZoneOffset.UTC))
                    + local.get(ChronoField.MICRO_OF_SECOND);
            return bounded(micros, 1);
        } catch (DateTimeException e) {
            return Rejected.NO_DATE;
        }
    }

    /** {@code yyyy-MM-dd} or {@code yyyyMMdd}, as agencies keep dates in text columns. */
    private static @Nullable Object written(String text) {
        if (text.isEmpty()) {
            return null;
        }
        boolean dashed = text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-';
        if (!dashed && text.length() != 8) {
            return Rejected.TYPE_DATE;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, dashed ? 5 : 4, dashed ? 7 : 6);
        int day = digits(text, dashed ? 8 : 6, text.length());
        if (year < 0 || month < 0 || day < 0) {
            return Rejected.TYPE_DATE;
        }
        try {
            return day(LocalDate.of(year, month, day).toEpochDay());
        } catch (DateTimeException e) {
            return Rejected.NO_DATE;
        }
    }

    /** {@code yyyy-MM-dd HH:mm[:ss[.ffffff]]}, with a blank or a T: local time, as it stands. */
    private static @Nullable Object writtenTime(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() < SHORTEST_TIME || (text.charAt(10) != ' ' && text.charAt(10) != 'T')) {
            return Rejected.TYPE_TIMESTAMP;
        }
        Object day = written(text.substring(0, 10));
        if (!(day instanceof Integer days)) {
            return day == Rejected.NO_DATE ? day : Rejected.TYPE_TIMESTAMP;
        }
        try {
            long nanos = LocalTime.parse(text.substring(11)).toNanoOfDay();
            return nanos % 1000 == 0 ? (Object) (days * DAY + nanos / 1000) : Rejected.TYPE_TIMESTAMP;
        } catch (DateTimeException e) {
            return Rejected.TYPE_TIMESTAMP;
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
