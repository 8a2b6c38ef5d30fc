package io.tongdao.reconcile.rule;

import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/** When a row was true by its own word, on one scale for all datasets: local microseconds. A day counts from its midnight, a month from its first day. */
final class EventTime {
    static final long UNKNOWN = Long.MIN_VALUE;
    static final long MICROS_A_DAY = 86_400_000_000L;
    private static final int MONTH = 6;
    private static final double DAYS_A_MONTH = 30.436875;

    private EventTime() {}

    /** @param asOf epoch days, local microseconds, or {@code yyyyMM} */
    static long of(@Nullable Object asOf) {
        return switch (asOf) {
            case null -> UNKNOWN;
            case Integer day -> day * MICROS_A_DAY;
            case Long micros -> micros;
            case String month -> month(month);
            default -> UNKNOWN;
        };
    }

    private static long month(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return UNKNOWN;
            }
            number = number * 10 + digit;
        }
        int month = number % 100;
        return text.length() != MONTH || month < 1 || month > 12
                ? UNKNOWN
                : LocalDate.of(number / 100, month, 1).toEpochDay() * MICROS_A_DAY;
    }

    /** The time that lies a period before. */
    static long before(long micros, Period period) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY));
        return day.minus(period).toEpochDay() * MICROS_A_DAY + Math.floorMod(micros, MICROS_A_DAY);
    }

    /** How long a period is on average. */
    static double micros(Period period) {
        return (period.toTotalMonths() * DAYS_A_MONTH + period.getDays()) * MICROS_A_DAY;
    }
}
