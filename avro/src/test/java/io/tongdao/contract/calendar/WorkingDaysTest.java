package io.tongdao.contract.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
    private static final long SEED = 2027;
    private static final WorkingDays SHIPPED = WorkingDays.shipped();
    /** As the State Council might publish it: New Year from Thursday on, the Sunday after worked. */
    private static final CalendarYear LIST_OF_2027 = new CalendarYear(
            2027,
            "国务院办公厅关于2027年部分节假日安排的通知",
            Set.of(day("2026-12-31"), day("2027-01-01"), day("2027-01-02")),
            Set.of(day("2027-01-03")));

    @ParameterizedTest
    @CsvFileSource(resources = "/calendar/workday_test_vectors.csv", numLinesToSkip = 1)
    void everyVectorIsCountedAsTheListsSay(LocalDate received, int workingDays, LocalDate due, String note) {
        // When
        Deadline deadline = SHIPPED.add(received, workingDays);
        // Then
        boolean provisional = note != null && note.startsWith("PROVISIONAL");
        assertThat(deadline).isEqualTo(new Deadline(received, workingDays, due, provisional));
        assertThat(SHIPPED.between(received, due)).isEqualTo(workingDays);
    }

    @ParameterizedTest
    @CsvSource({"2025, 248", "2026, 248"})
    void aYearHasItsNumberOfWorkingDays(int year, int count) {
        assertThat(SHIPPED.between(LocalDate.of(year - 1, 12, 31), LocalDate.of(year, 12, 31)))
                .isEqualTo(count);
    }

    @Test
    void aYearWithoutAListHasTheThirteenDaysOfTheLaw() {
        Set<LocalDate> law = Stream.of(
                        "01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15",
                        "10-01", "10-02", "10-03")
                .map(day -> day("2027-" + day))
                .collect(Collectors.toSet());
        assertThat(day("2027-01-01")
                        .datesUntil(day("2028-01-01"))
                        .filter(day -> law.contains(day) || day.getDayOfWeek().getValue() > 5))
                .noneMatch(SHIPPED::isWorkingDay)
                .allMatch(SHIPPED::provisional);
        assertThat(SHIPPED.between(day("2026-12-31"), day("2027-12-31"))).isEqualTo(261 - 7);
    }

    @Test
    void aDeadlineIsComputedAnewWhenTheListIsPublished() {
        // Given
        Deadline before = SHIPPED.add(day("2026-12-30"), 2);
        assertThat(before).isEqualTo(new Deadline(day("2026-12-30"), 2, day("2027-01-04"), true));
        // When
        Deadline after = SHIPPED.with(List.of(LIST_OF_2027)).anew(before);
        // Then: 31 December became a day off, Sunday 3 January is worked
        assertThat(after).isEqualTo(new Deadline(day("2026-12-30"), 2, day("2027-01-04"), false));
        assertThat(SHIPPED.with(List.of(LIST_OF_2027)).add(day("2026-12-30"), 1).date())
                .isEqualTo("2027-01-03");
    }

    @Test
    void theLastDaysOfTheLastListedYearCanStillMove() {
        assertThat(SHIPPED.provisional(day("2026-12-23"))).isFalse();
        assertThat(SHIPPED.provisional(day("2026-12-24"))).isTrue();
        assertThat(SHIPPED.with(List.of(LIST_OF_2027)).provisional(day("2026-12-24")))
                .isFalse();
        assertThat(SHIPPED.provisional(day("2025-12-31"))).isFalse();
    }

    @Test
    void countingForthAndBackAgreesForAnyTerm() {
        Random random = new Random(SEED);
        for (int n = 0; n < 2_000; n++) {
            // Given
            LocalDate from = LocalDate.of(2004, 1, 1).plusDays(random.nextInt(40 * 365));
            int term = 1 + random.nextInt(60);
            // When
            Deadline deadline = SHIPPED.add(from, term);
            // Then
            assertThat(SHIPPED.isWorkingDay(deadline.date()))
                    .as("seed %d", SEED)
                    .isTrue();
            assertThat(SHIPPED.between(from, deadline.date()))
                    .as("seed %d", SEED)
                    .isEqualTo(term);
            assertThat(SHIPPED.between(deadline.date(), from))
                    .as("seed %d", SEED)
                    .isEqualTo(-term);
        }
    }

    @Test
    void whatCannotBeCountedIsSaid() {
        LocalDate day = day("2026-11-24");
        assertThatThrownBy(() -> SHIPPED.add(day, 0)).isInstanceOf(IllegalArgumentException.class);
        LocalDate early = day("1999-12-31");
        assertThatThrownBy(() -> SHIPPED.isWorkingDay(early))
                .isInstanceOf(DateTimeException.class)
                .hasMessageContaining("1999");
        LocalDate late = day("2099-01-01");
        assertThatThrownBy(() -> SHIPPED.isWorkingDay(late)).isInstanceOf(DateTimeException.class);
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }
}
