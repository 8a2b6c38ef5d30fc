package io.tongdao.contract.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The 13 days off that are law in every year (全国年节及纪念日放假办法 as revised in 2024): what is certain of a year whose list is not out.
 * Days moved around them are not known yet, so no Saturday or Sunday is worked.
 */
final class StatutoryHolidays {
    private static final String FILE = "lunar-festivals.csv";

    private StatutoryHolidays() {}

    /** By year, as far as the festivals of the lunar calendar are at hand. */
    static Map<Integer, CalendarYear> read() {
        try (InputStream in = StatutoryHolidays.class.getResourceAsStream(FILE)) {
            String text = new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
            Map<Integer, CalendarYear> years = new TreeMap<>();
            text.lines().skip(1).map(line -> line.split(",")).forEach(cells -> {
                int year = Integer.parseInt(cells[0]);
                years.put(year, new CalendarYear(year, "", days(year, cells), Set.of()));
            });
            return years;
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " can't be read", e);
        }
    }

    private static Set<LocalDate> days(int year, String[] cells) {
        LocalDate springFestival = LocalDate.parse(cells[1]);
        List<LocalDate> days = new ArrayList<>(List.of(
                LocalDate.of(year, 1, 1),
                LocalDate.of(year, 5, 1),
                LocalDate.of(year, 5, 2),
                LocalDate.of(year, 10, 1),
                LocalDate.of(year, 10, 2),
                LocalDate.of(year, 10, 3)));
        springFestival.minusDays(1).datesUntil(springFestival.plusDays(3)).forEach(days::add);
        for (int festival = 2; festival < cells.length; festival++) {
            days.add(LocalDate.parse(cells[festival]));
        }
        return new HashSet<>(days);
    }
}
