package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.topic.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agreeing and contradicted claims are counted by dataset and item, and counted anew when they have changed. */
class RecountTest {
    private static final String HOUSEHOLD = "src.ga.household_population";
    private static final String INSURANCE = "src.hrss.social_insurance_enrolment";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    private ReconcileDriver driver;
    private int commit;

    @BeforeEach
    void start() {
        driver = new ReconcileDriver(state);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void eachClaimCountsByHowItStandsToTheOthers() throws IOException {
        // Given
        for (int person = 0; person < Recount.PIECE + 10; person++) {
            say(HOUSEHOLD, person, "{\"full_name\":\"张三\",\"hukou_address\":\"一号\"}");
        }
        say(INSURANCE, 1, "{\"full_name\":\"张 三\"}");
        say(INSURANCE, 2, "{\"full_name\":\"李四\"}");
        say(INSURANCE, 3, "{\"mobile\":\"13300000000\"}");

        // When
        count();

        // Then
        assertThat(told("now"))
                .containsEntry("ga.household_population full_name", "1 1 28")
                .containsEntry("ga.household_population hukou_address", "0 0 30")
                .containsEntry("hrss.social_insurance_enrolment full_name", "1 1 0")
                .containsEntry("hrss.social_insurance_enrolment mobile", "0 0 1");
        assertThat(told("2026-03-01")).isEqualTo(told("now"));
    }

    @Test
    void aCorrectionIsSeenByTheNextCountAndTheDayKeepsItsOwn() throws IOException {
        // Given
        say(HOUSEHOLD, 1, "{\"full_name\":\"张三\"}");
        say(INSURANCE, 1, "{\"full_name\":\"李四\"}");
        count();

        // When
        say(INSURANCE, 1, "{\"full_name\":\"张三\"}");
        driver.pass(Duration.ofDays(1));
        count();

        // Then
        assertThat(told("now")).containsEntry("hrss.social_insurance_enrolment full_name", "1 0 0");
        assertThat(told("2026-03-01")).containsEntry("hrss.social_insurance_enrolment full_name", "0 1 0");
    }

    @Test
    void aDatasetWithoutClaimsIsToldWithNone() throws IOException {
        // Given
        say(INSURANCE, 1, "{\"full_name\":\"李四\"}");
        count();
        Map<String, String> before = told("now");

        // When
        say(INSURANCE, 1, "null");
        count();

        // Then
        assertThat(before).isNotEmpty();
        assertThat(told("now")).isEmpty();
    }

    /** A count begins within its interval and takes some steps. */
    private void count() {
        driver.pass(TaskStart.STEP);
        driver.pass(Duration.ofMinutes(16));
        for (int step = 0; step < 5; step++) {
            driver.pass(TaskStart.STEP);
        }
    }

    /** Dataset and item → agreeing, contradicted, alone. */
    private Map<String, String> told(String window) {
        Map<String, Consistency> last = new TreeMap<>();
        driver.read(Names.QUALITY).stream()
                .filter(record -> record.value() != null)
                .map(record -> Consistency.parse(record.value()))
                .filter(one -> one.window().equals(window))
                .forEach(one -> last.put(one.dataset() + one.part(), one));
        return last.values().stream()
                .flatMap(one -> one.items().stream()
                        .map(item -> Map.entry(
                                one.dataset() + " " + item.item(),
                                item.agreeing() + " " + item.contradicted() + " " + item.alone())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void say(String topic, int person, String value) throws IOException {
        commit++;
        String key = "5301021990%08d".formatted(person);
        driver.pipe(
                topic,
                JSON.readTree("{\"key\":\"%s\",\"row\":\"%s\",\"pos\":\"1.%d.1.0\",\"value\":%s}"
                        .formatted(key, key, commit, value)));
    }
}
