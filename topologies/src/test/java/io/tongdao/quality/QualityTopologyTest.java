package io.tongdao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.plan.Plan;
import io.tongdao.runtime.DurableNames;
import io.tongdao.runtime.StreamsSettings;
import io.tongdao.runtime.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTopologyTest {
    private static final String HOUSEHOLD = "src.ga.household_population";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    @Test
    void durableNamesStayWhateverTheRulesAre() throws IOException {
        // Given
        Plan one = QualityDriver.plan(dir, Map.of());
        Plan other = QualityDriver.plan(
                dir, Map.of("ga/household_population", "", "mz/marriage_registration", "", "yb/medical_enrolment", ""));
        StreamsSettings settings = StreamsSettings.embedded(Map.of("bootstrap.servers", "localhost:1"), dir);

        // When
        var names = DurableNames.of(QualityDriver.topology(one, QualityDriver.wire(one), settings));
        var others = DurableNames.of(QualityDriver.topology(other, QualityDriver.wire(other), settings));

        // Then
        assertThat(names)
                .as("a rename moves state: it needs a decision record and a migration")
                .isEqualTo(Files.readAllLines(Path.of("src/test/resources/quality/names.txt")));
        assertThat(others).isEqualTo(names);
    }

    @Test
    void whatWasDeletedLongAgoIsForgottenAndNotBefore() throws IOException {
        // Given
        try (QualityDriver driver = new QualityDriver(dir)) {
            driver.pipe(HOUSEHOLD, change("1.1.1.0", "{\"household_no\":\"h1\"}"));
            driver.pipe(HOUSEHOLD, change("1.2.1.0", "null"));

            // When
            driver.pass(Duration.ofDays(30));
            long before = driver.entries("verdicts-by-row") + driver.entries("rows-by-value");
            driver.pass(Duration.ofDays(2));
            driver.pass(Sweep.EVERY);
            long after = driver.entries("verdicts-by-row") + driver.entries("rows-by-value");

            // Then
            assertThat(before).isEqualTo(2);
            assertThat(after).isZero();
        }
    }

    @Test
    void figuresOfOldDaysGoAndThoseOfTheTableStay() throws IOException {
        // Given
        Map<String, byte[]> held = new TreeMap<>();
        try (QualityDriver driver = new QualityDriver(dir)) {
            driver.pipe(HOUSEHOLD, change("1.1.1.0", "{\"full_name\":\"张三\"}"));
            driver.pass(Tallies.TELL);
            driver.read(held);
            Map<String, String> before = QualityDriver.figures(held);

            // When
            driver.pass(Duration.ofDays(410));
            driver.read(held);
            Map<String, String> after = QualityDriver.figures(held);

            // Then
            String rule = " completeness.full_name";
            assertThat(before)
                    .containsEntry("ga.household_population 2026-03-02" + rule, "1/1")
                    .containsEntry("ga.household_population now" + rule, "1/1");
            assertThat(after)
                    .doesNotContainKey("ga.household_population 2026-03-02" + rule)
                    .containsEntry("ga.household_population now" + rule, "1/1");
        }
    }

    private static JsonNode change(String pos, String value) throws IOException {
        return JSON.readTree(
                "{\"key\":\"530102199003071238\",\"row\":\"r\",\"pos\":\"%s\",\"op\":\"u\",\"at\":\"2026-03-02T08:00:00Z\",\"value\":%s}"
                        .formatted(pos, value));
    }
}
