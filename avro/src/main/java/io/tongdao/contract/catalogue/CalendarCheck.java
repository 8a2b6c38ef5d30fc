package io.tongdao.contract.catalogue;

import io.tongdao.contract.calendar.WorkingDays;
import io.tongdao.contract.catalogue.Catalogue.Calendar;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A year's list names days of that year, each once, and none that needs no list; and it has every day off that is law (art. 16, 34). */
final class CalendarCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        scope.catalogue().calendars().values().forEach(calendar -> check(calendar, problems));
    }

    private static void check(Calendar calendar, Problems problems) {
        days(calendar, calendar.off(), problems);
        days(calendar, calendar.work(), problems);
        calendar.work().forEach((day, at) -> {
            if (calendar.off().containsKey(day)) {
                problems.add(at, CheckCode.CALENDAR_DAY, day + " is both off and worked: take one of them out");
            } else if (WorkingDays.weekday(day)) {
                problems.add(
                        at,
                        CheckCode.CALENDAR_DAY,
                        day + " is a " + day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                                + ", which is worked without being listed: correct it, or take it out");
            }
        });
        SortedSet<LocalDate> lacking = new TreeSet<>(WorkingDays.offByLaw(calendar.year()));
        lacking.removeAll(calendar.off().keySet());
        if (!lacking.isEmpty()) {
            problems.add(
                    calendar.at(),
                    CheckCode.CALENDAR_LAW,
                    "the calendar of " + calendar.year() + " lacks days that are off by law ("
                            + String.join(
                                    ", ",
                                    lacking.stream().map(LocalDate::toString).toList())
                            + "): add them to \"off\"");
        }
    }

    private static void days(Calendar calendar, Map<LocalDate, Place> days, Problems problems) {
        days.forEach((day, at) -> {
            if (!WorkingDays.listed(calendar.year(), day)) {
                problems.add(
                        at,
                        CheckCode.CALENDAR_DAY,
                        day + " is neither of " + calendar.year()
                                + " nor of the last week before it: correct it, or write it" + " into the calendar of "
                                + day.getYear());
            }
        });
    }
}
