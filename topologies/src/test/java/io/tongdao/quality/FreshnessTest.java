package io.tongdao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How old what we hold is: told per dataset, from each new version of a row. */
class FreshnessTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

    @TempDir
    Path dir;

    @Test
    void theNewestChangeIsToldAndARepeatedOneIsNone() throws IOException {
        // Given
        Map<String, byte[]> held = new TreeMap<>();

        // When
        try (QualityDriver driver = new QualityDriver(dir)) {
            pipe(driver, "a", "1.0.0.0", null);
            pipe(driver, "a", "1.5.1.0", "2026-02-28T23:59:50Z");
            pipe(driver, "b", "1.4.1.0", "2026-02-28T23:59:00Z");
            pipe(driver, "a", "1.5.1.0", "2026-02-28T23:59:59Z");
            driver.pass(Tallies.TELL);
            driver.read(held);
        }

        // Then
        Freshness told = held.entrySet().stream()
                .filter(one -> Freshness.is(one.getKey()))
                .map(one -> Freshness.parse(one.getValue()))
                .findFirst()
                .orElseThrow();
        assertThat(told)
                .isEqualTo(new Freshness(
                        "ga.household_population",
                        "r0",
                        Instant.parse("2026-02-28T23:59:50Z"),
                        QualityDriver.START,
                        "2026-03-01",
                        60_000));
    }

    @Test
    void tasksAreAddedUpByTheNewestAndTheSlowestOfTheDay() {
        // Given
        Freshness one = freshness("2026-03-01", 4_000, NOON);
        Freshness other = freshness("2026-03-01", 9_000, NOON.minusSeconds(5));
        Freshness yesterday = freshness("2026-02-28", 99_000, NOON.minusSeconds(90_000));

        // When
        Freshness all = one.with(other).with(yesterday);

        // Then
        assertThat(all.committed()).isEqualTo(NOON);
        assertThat(all.slowest()).isEqualTo(9_000);
        assertThat(all).isEqualTo(yesterday.with(other).with(one));
    }

    @Test
    void aNewDayBeginsAnew() {
        // Given
        Freshness yesterday = freshness("2026-02-28", 99_000, NOON.minusSeconds(90_000));

        // When
        Freshness today = Freshness.after(yesterday, "d", "r0", NOON, NOON.plusSeconds(2));

        // Then
        assertThat(today.slowest()).isEqualTo(2_000);
        assertThat(today.day()).isEqualTo("2026-03-01");
    }

    private static Freshness freshness(String day, long slowest, Instant committed) {
        return new Freshness("d", "r0", committed, committed, day, slowest);
    }

    private static void pipe(QualityDriver driver, String row, String pos, @Nullable String at) throws IOException {
        String time = at == null ? "" : "\"at\":\"" + at + "\",";
        driver.pipe(
                "src.ga.household_population",
                JSON.readTree(
                        "{\"key\":\"530102199003071238\",\"row\":\"%s\",\"pos\":\"%s\",%s\"value\":{\"full_name\":\"张三\"}}"
                                .formatted(row, pos, time)));
    }
}
