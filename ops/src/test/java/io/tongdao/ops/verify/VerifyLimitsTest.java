package io.tongdao.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.VerifyPlan;
import io.tongdao.contract.witness.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifyLimitsTest {
    private static final VerifyPlan TERMS = new VerifyPlan(Duration.ofHours(1), 2, 3, 4, 10, Set.of());
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private final VerifyLimits limits = new VerifyLimits();

    @Test
    void attemptsAreOfAConsumerASubjectAndAnItemAndComeBackAfterTheWindow() {
        // Given
        take(NOW, "g", "yb", "s", Map.of("name", "matches"));
        take(NOW.plusSeconds(60), "g", "yb", "s", Map.of("name", "differs", "birth", "matches"));

        // When, Then
        assertThat(allows("yb", "s", "name")).isFalse();
        assertThat(allows("yb", "s", "birth")).isTrue();
        assertThat(allows("yb", "t", "name")).isTrue();
        assertThat(allows("mz", "s", "name")).isTrue();
        limits.at(NOW.plus(Duration.ofMinutes(61)).minusSeconds(30), TERMS);
        assertThat(allows("yb", "s", "name")).as("the first is over").isTrue();
    }

    @Test
    void whatWasRefusedCountsForNothing() {
        // When
        for (int i = 0; i < 9; i++) {
            take(NOW, "g", "yb", "s" + i, Map.of("name", "refused"));
        }

        // Then
        assertThat(allows("yb", "s0", "name")).isTrue();
        assertThat(limits.alarm("g", 1)).isEmpty();
    }

    @Test
    void manySubjectsOfWhomNothingIsFoundAreAnAlarmOfThatEpochAlone() {
        // When
        take(NOW, "g", "yb", "s1", Map.of("name", "not_held"));
        take(NOW, "g", "yb", "s1", Map.of("name", "not_held"));
        take(NOW, "g", "yb", "s2", Map.of("name", "not_held", "enrolled", "no_match"));
        take(NOW, "g", "yb", "s3", Map.of("name", "matches", "mobile", "not_held"));
        String before = limits.alarm("g", 1);
        take(NOW, "g", "yb", "s4", Map.of("enrolled", "no_match"));

        // Then
        assertThat(before).as("two subjects; of the third something is held").isEmpty();
        assertThat(limits.alarm("g", 1)).contains("枚举告警", "3 subjects");
        assertThat(limits.alarm("g", 2)).as("after the authority has lifted it").isEmpty();
        assertThat(limits.alarm("other", 1)).isEmpty();
    }

    @Test
    void manyWrongValuesOfOneSubjectAreAnAlarm() {
        // When
        take(NOW, "g", "yb", "s", Map.of("name", "differs", "birth", "differs"));
        take(NOW, "g", "yb", "t", Map.of("name", "differs", "birth", "differs"));
        String before = limits.alarm("g", 1);
        take(NOW, "g", "yb", "s", Map.of("mobile", "differs", "sex", "no_match"));

        // Then
        assertThat(before).isEmpty();
        assertThat(limits.alarm("g", 1)).contains("4 values of one subject");
    }

    private boolean allows(String consumer, String subject, String item) {
        return limits.allows(TERMS, consumer, subject, Set.of(item));
    }

    private void take(Instant at, String grant, String consumer, String subject, Map<String, String> answers) {
        limits.take(new Verification("id", at, grant, 1, consumer, "by", "person", subject, answers), TERMS);
    }
}
