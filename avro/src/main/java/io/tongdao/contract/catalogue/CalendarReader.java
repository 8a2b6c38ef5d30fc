package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Calendar;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code calendar/<year>.yaml}: the State Council's list of one year's days off, instead of what was known of that year. */
final class CalendarReader {
    private static final Pattern YEAR = Pattern.compile("20[0-9]{2}");
    private static final int LONGEST = 31;
    private static final String RULE = ": write 2027-02-05, or 2027-02-05/2027-02-11 for the days from one to another";

    private CalendarReader() {}

    static Calendar read(Fields root) {
        root.text("year");
        int year = Typed.number(root, "year", YEAR, "write a year such as 2027").orElse(0);
        Calendar calendar = new Calendar(
                root.at("year"),
                year,
                root.text("notice"),
                days(
                        root,
                        "off",
                        root.refs(
                                "off",
                                CheckCode.KEY_MISSING,
                                "the calendar lacks \"off\" (放假的日子): write [2027-01-01, 2027-02-05/2027-02-11, …]")),
                days(root, "work", root.refs("work")));
        root.end();
        return calendar;
    }

    private static Map<LocalDate, Place> days(Fields root, String key, List<Ref> written) {
        Map<LocalDate, Place> days = new TreeMap<>();
        for (Ref ref : written) {
            String[] ends = ref.id().split("/", -1);
            try {
                LocalDate first = LocalDate.parse(ends[0]);
                LocalDate last = LocalDate.parse(ends[ends.length - 1]);
                if (ends.length > 2 || last.isBefore(first) || ChronoUnit.DAYS.between(first, last) > LONGEST) {
                    root.problem(
                            ref.at(),
                            CheckCode.VALUE_DATE,
                            "\"" + ref.id() + "\" of \"" + key + "\" is no span" + RULE);
                } else {
                    first.datesUntil(last.plusDays(1)).forEach(day -> days.put(day, ref.at()));
                }
            } catch (DateTimeParseException e) {
                root.problem(
                        ref.at(), CheckCode.VALUE_DATE, "\"" + ref.id() + "\" of \"" + key + "\" is no day" + RULE);
            }
        }
        return Collections.unmodifiableMap(days);
    }
}
