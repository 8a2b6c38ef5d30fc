package io.tongdao.contract.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The lists of 2004 to 2026 that are shipped: the file of the npm package chinese-days 1.5.7 (MIT; see NOTICE beside it), as it is. */
final class PublishedYears {
    private static final String FILE = "chinese-days-1.5.7.json";

    private PublishedYears() {}

    static Map<Integer, CalendarYear> read() {
        try (InputStream in = PublishedYears.class.getResourceAsStream(FILE)) {
            JsonNode lists = new JsonMapper().readTree(Objects.requireNonNull(in, FILE));
            Map<Integer, CalendarYear> years = new TreeMap<>();
            days(lists.path("holidays")).forEach(day -> year(years, day).off().add(day));
            days(lists.path("workdays")).forEach(day -> year(years, day).work().add(day));
            return years;
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " can't be read", e);
        }
    }

    private static Set<LocalDate> days(JsonNode list) {
        Set<LocalDate> days = new HashSet<>();
        list.fieldNames().forEachRemaining(day -> days.add(LocalDate.parse(day)));
        return days;
    }

    private static CalendarYear year(Map<Integer, CalendarYear> years, LocalDate day) {
        return years.computeIfAbsent(
                day.getYear(), year -> new CalendarYear(year, "chinese-days", new HashSet<>(), new HashSet<>()));
    }
}
