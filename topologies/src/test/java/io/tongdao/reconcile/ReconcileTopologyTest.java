package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.runtime.DurableNames;
import io.tongdao.runtime.Postponed.Patience;
import io.tongdao.runtime.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcileTopologyTest {
    private static final String HOUSEHOLD = "src.ga.household_population";
    private static final String INSURANCE = "src.hrss.social_insurance_enrolment";
    private static final String POPULATION = "base.population";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    @Test
    void durableNamesStay() throws IOException {
        // When
        var names = DurableNames.of(ReconcileDriver.topology(state));

        // Then
        assertThat(names)
                .as("a rename moves state: it needs a decision record and a migration")
                .isEqualTo(Files.readAllLines(Path.of("src/test/resources/reconcile/names.txt")));
    }

    @Test
    void whatWasDeletedLongAgoIsForgottenAndNotBefore() throws IOException {
        // Given
        try (ReconcileDriver driver = new ReconcileDriver(state)) {
            driver.pipe(HOUSEHOLD, change("530102199003071238", "1.1.1.0", "{\"full_name\":\"张三\"}"));
            driver.pipe(HOUSEHOLD, change("530102199003071238", "1.2.1.0", "null"));
            driver.pipe(HOUSEHOLD, change("530102198801011225", "1.3.1.0", "{\"full_name\":\"李四\"}"));

            // When
            driver.pass(Duration.ofDays(30));
            long before = driver.entries("subjects-person");
            driver.pass(Duration.ofDays(2));
            driver.pass(Sweep.EVERY);
            long after = driver.entries("subjects-person");

            // Then
            assertThat(before).isEqualTo(2);
            assertThat(after).isEqualTo(1);
        }
    }

    @Test
    void whatSnapshotsReadMakesOneRecordAndARestartForgetsNobody() throws IOException {
        // Given
        ReconcileDriver driver = new ReconcileDriver(
                state.resolve("one"),
                SampleProvince.plan(),
                ReconcileDriver.START,
                new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                64);
        driver.pass(TaskStart.STEP);
        driver.pipe(HOUSEHOLD, change("530102199003071238", "1.0.1.0", "{\"full_name\":\"张三\"}"));
        driver.pipe(HOUSEHOLD, change("530102198801011225", "1.0.2.0", "{\"full_name\":\"李四\"}"));
        driver.pipe(INSURANCE, change("530102199003071238", "1.0.1.0", "{\"mobile\":\"13800000001\"}"));
        driver.pass(Duration.ofMillis(900));
        assertThat(driver.read(POPULATION)).as("rows may still come").isEmpty();

        // When
        driver = driver.restart(state.resolve("two"), SampleProvince.plan());
        driver.pass(Duration.ofMillis(1_100));

        // Then
        assertThat(driver.read(POPULATION))
                .extracting(record -> ReconcileDriver.text(record.key()))
                .containsExactlyInAnyOrder("530102199003071238", "530102198801011225");
        assertThat(driver.goldens(POPULATION).get("530102199003071238").toString())
                .contains("张三")
                .contains("13800000001");
        driver.close();
    }

    @Test
    void aCommittedChangeWaitsForNoSnapshot() throws IOException {
        // Given
        try (ReconcileDriver driver = new ReconcileDriver(
                state, SampleProvince.plan(), ReconcileDriver.START, ReconcileSettings.POSTPONE, 64)) {
            driver.pipe(HOUSEHOLD, change("530102199003071238", "1.0.1.0", "{\"full_name\":\"张三\"}"));

            // When
            JsonNode committed = change("530102199003071238", "1.5.1.0", "{\"full_name\":\"张三丰\"}");
            ((ObjectNode) committed).put("at", "2026-03-02T08:01:00Z");
            driver.pipe(HOUSEHOLD, committed);

            // Then
            assertThat(driver.read(POPULATION)).hasSize(1);
            driver.pass(Duration.ofMinutes(1));
            assertThat(driver.read(POPULATION))
                    .as("it is found again, and says the same")
                    .hasSize(1);
        }
    }

    private static JsonNode change(String key, String pos, String value) throws IOException {
        return JSON.readTree("{\"key\":\"%s\",\"row\":\"r\",\"pos\":\"%s\",\"value\":%s}".formatted(key, pos, value));
    }
}
