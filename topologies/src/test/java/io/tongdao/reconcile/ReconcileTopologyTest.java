package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.runtime.DurableNames;
import io.tongdao.runtime.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcileTopologyTest {
    private static final String HOUSEHOLD = "src.ga.household_population";
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
            long before = driver.entries("claims-by-subject-person") + driver.entries("golden-by-subject-person");
            driver.pass(Duration.ofDays(2));
            driver.pass(Sweep.EVERY);
            long after = driver.entries("claims-by-subject-person") + driver.entries("golden-by-subject-person");

            // Then
            assertThat(before).isEqualTo(4);
            assertThat(after).isEqualTo(2);
        }
    }

    private static JsonNode change(String key, String pos, String value) throws IOException {
        return JSON.readTree("{\"key\":\"%s\",\"row\":\"r\",\"pos\":\"%s\",\"value\":%s}".formatted(key, pos, value));
    }
}
