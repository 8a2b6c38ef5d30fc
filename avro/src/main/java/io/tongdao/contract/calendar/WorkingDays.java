package io.tongdao.contract.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts working days in China. A day is worked if the State Council's list of its year says so; is off if the list says so; else is
 * worked from Monday to Friday. Years without a list stand on the statutory holidays, and what is counted there is provisional. Days are
 * of Asia/Shanghai. Immutable.
 */
public final class WorkingDays {
    /** The 13 days of the law as revised in 2024 hold from this year on. */
    private static final int LAW_OF_2024 = 2025;

    /** From this day of December on, the list of the next year may still move days: New Year's holidays began on the 29th before. */
    private static final int LIST_OF_NEXT_YEAR = 24;

    private static final Map<Integer, CalendarYear> LAW = StatutoryHolidays.read();
    private static final WorkingDays SHIPPED = new WorkingDays(PublishedYears.read(), LAW);

    private final Map<Integer, CalendarYear> published;
    private final Map<Integer, CalendarYear> statutory;

    private WorkingDays(Map<Integer, CalendarYear> published, Map<Integer, CalendarYear> statutory) {
        this.published = published;
        this.statutory = statutory;
    }

    /** By the lists that came with this version. */
    public static WorkingDays shipped() {
        return SHIPPED;
    }

    /** The days off of a year that no list can lack; empty for a year before 2025, and where the lunar festivals are not at hand. */
    public static Set<LocalDate> offByLaw(int year) {
        CalendarYear law = year < LAW_OF_2024 ? null : LAW.get(year);
        return law == null ? Set.of() : Set.copyOf(law.off());
    }

    /** Whether the list of a year may name a day: one of that year, or of the last week before it. */
    public static boolean listed(int year, LocalDate day) {
        return day.getYear() == year || (day.getYear() == year - 1 && lastDays(day));
    }

    /** With newer lists, each instead of what was known of its year. */
    public WorkingDays with(Collection<CalendarYear> lists) {
        Map<Integer, CalendarYear> years = new TreeMap<>(published);
        lists.forEach(list -> years.put(list.year(), list));
        return new WorkingDays(years, statutory);
    }

    /** @throws DateTimeException for a year before the first list, or too far ahead for any calendar */
    public boolean isWorkingDay(LocalDate day) {
        CalendarYear year = list(day);
        return !year.off().contains(day) && (year.work().contains(day) || weekday(day));
    }

    /**
     * The end of a term: the day of the event is not counted, the {@code workingDays}-th working day after it is the last.
     *
     * @param workingDays at least 1
     */
    public Deadline add(LocalDate from, int workingDays) {
        if (workingDays < 1) {
            throw new IllegalArgumentException("a term has at least one working day, not " + workingDays);
        }
        LocalDate day = from;
        boolean provisional = false;
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            provisional |= provisional(day);
            left -= isWorkingDay(day) ? 1 : 0;
        }
        return new Deadline(from, workingDays, day, provisional);
    }

    /** The same term by this calendar: what was provisional may have moved. */
    public Deadline anew(Deadline deadline) {
        return add(deadline.from(), deadline.workingDays());
    }

    /** How many working days lie after {@code from}, up to and including {@code to}; negative if {@code to} is before. */
    public int between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -between(to, from);
        }
        return Math.toIntExact(from.plusDays(1)
                .datesUntil(to.plusDays(1))
                .filter(this::isWorkingDay)
                .count());
    }

    /** Whether it can still change what this calendar says of a day. */
    public boolean provisional(LocalDate day) {
        boolean listed = published.containsKey(day.getYear());
        boolean nextListed = published.containsKey(day.getYear() + 1);
        return !listed || (!nextListed && lastDays(day));
    }

    private CalendarYear list(LocalDate day) {
        CalendarYear next = published.get(day.getYear() + 1);
        if (next != null && day.getMonth() == Month.DECEMBER && next.names(day)) {
            return next;
        }
        CalendarYear year = published.getOrDefault(day.getYear(), statutory.get(day.getYear()));
        if (year == null) {
            throw new DateTimeException("no calendar of working days for the year " + day.getYear());
        }
        return year;
    }

    private static boolean lastDays(LocalDate day) {
        return day.getMonth() == Month.DECEMBER && day.getDayOfMonth() >= LIST_OF_NEXT_YEAR;
    }

    /** From Monday to Friday: worked where no list says otherwise. */
    public static boolean weekday(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
