package io.tongdao.contract.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.plan.Mask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantLifeTest {
    private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void raisesTheEpochWithEveryResumption() {
        // Given
        Grant active = step(step(grant(), Status.APPROVED), Status.ACTIVE);
        // When
        Grant resumed =
                step(step(step(step(active, Status.SUSPENDED), Status.ACTIVE), Status.SUSPENDED), Status.ACTIVE);
        // Then
        assertThat(active.epoch()).isEqualTo(1);
        assertThat(resumed.epoch()).isEqualTo(3);
        assertThat(resumed.topic()).isEqualTo("share.yb.g.e3");
    }

    @ParameterizedTest
    @CsvSource({
        "FILED,ACTIVE",
        "FILED,SUSPENDED",
        "INCOMPLETE,APPROVED",
        "INCOMPLETE,ACTIVE",
        "APPROVED,INCOMPLETE",
        "ACTIVE,FILED",
        "WITHDRAWN,ACTIVE",
        "WITHDRAWN,FILED",
        "ENDED,WITHDRAWN",
        "APPROVED,SUSPENDED",
        "ENDED,ACTIVE",
        "EXPIRED,ACTIVE",
        "ENDED,EXPIRED",
        "ACTIVE,APPROVED"
    })
    void refusesOtherSteps(Status from, Status to) {
        // Given
        Grant grant = grant().moved(from, 1, "t", "", AT);
        // When / Then
        assertThatThrownBy(() -> step(grant, to))
                .isInstanceOf(GrantLife.IllegalStep.class)
                .hasMessageContaining("grant g is " + from.word() + " and can't become " + to.word());
    }

    @ParameterizedTest
    @CsvSource({
        "FILED,INCOMPLETE",
        "INCOMPLETE,FILED",
        "INCOMPLETE,INCOMPLETE",
        "INCOMPLETE,WITHDRAWN",
        "INCOMPLETE,EXPIRED",
        "FILED,WITHDRAWN",
        "APPROVED,WITHDRAWN",
        "ACTIVE,WITHDRAWN",
        "SUSPENDED,WITHDRAWN",
        "SUSPENDED,ENDED"
    })
    void goesOnUntilItIsOver(Status from, Status to) {
        // Given
        Grant grant = grant().moved(from, 1, "t", "", AT);
        // When
        Grant next = step(grant, to);
        // Then
        assertThat(next.status()).isEqualTo(to);
        assertThat(GrantLife.problems(grant, next)).isEmpty();
    }

    @Test
    void keepsEveryStepWithWhoAndWhy() {
        // Given
        Grant filedAgain = grant().following(grant().heldBack("until is missing"));
        // When
        Grant withdrawn = step(filedAgain.approvedFor("ga", "head of ga", AT), Status.WITHDRAWN);
        // Then
        assertThat(withdrawn.steps())
                .extracting(step -> step.status().word() + " by " + step.by() + ": " + step.reason())
                .containsExactly(
                        "incomplete by t: until is missing",
                        "filed by t: filed",
                        "filed by head of ga: approved for ga",
                        "withdrawn by t: because");
    }

    @ParameterizedTest
    @CsvSource({"FILED,true", "INCOMPLETE,true", "APPROVED,false", "SUSPENDED,false"})
    void isChangedOnlyWhileNobodyIsBound(Status status, boolean may) {
        // Given
        Grant before = grant().moved(status, 1, "t", "", AT);
        Grant other = before.narrowedTo(Map.of("y", Mask.KEEP));
        // When
        List<String> problems = GrantLife.problems(before, other);
        // Then
        assertThat(problems.isEmpty()).isEqualTo(may);
    }

    @Test
    void findsWhatWasChangedBehindItsBack() {
        // Given
        Grant active = grant().moved(Status.ACTIVE, 1, "t", "", AT);
        Grant more = active.narrowedTo(Map.of("x", Mask.KEEP, "y", Mask.KEEP));
        // When / Then
        assertThat(GrantLife.problems(active, active)).isEmpty();
        assertThat(GrantLife.problems(active, more)).singleElement().asString().contains("something else");
        assertThat(GrantLife.problems(active, active.moved(Status.ACTIVE, 2, "t", "", AT)))
                .singleElement()
                .asString()
                .contains("epoch");
    }

    @Test
    void findsAStepThatLifeDoesNotHaveAndAResumptionWithoutANewEpoch() {
        // Given
        Grant ended = grant().moved(Status.ENDED, 1, "t", "", AT);
        Grant suspended = grant().moved(Status.SUSPENDED, 1, "t", "", AT);
        // When / Then
        assertThat(GrantLife.problems(ended, ended.moved(Status.ACTIVE, 1, "t", "", AT)))
                .singleElement()
                .asString()
                .contains("nothing, it is over");
        assertThat(GrantLife.problems(suspended, suspended.moved(Status.ACTIVE, 1, "t", "", AT)))
                .singleElement()
                .asString()
                .contains("must have epoch 2");
        assertThat(GrantLife.problems(suspended, suspended.moved(Status.ACTIVE, 2, "t", "", AT)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FILED,false,false",
        "INCOMPLETE,false,false",
        "APPROVED,false,false",
        "ACTIVE,true,false",
        "SUSPENDED,false,true",
        "ENDED,false,true",
        "EXPIRED,false,true",
        "WITHDRAWN,false,true"
    })
    void flowsOnlyWhileActiveAndIsCutAfterwards(Status status, boolean flows, boolean cut) {
        // When / Then
        assertThat(GrantLife.flows(status)).isEqualTo(flows);
        assertThat(GrantLife.cut(status)).isEqualTo(cut);
    }

    private static Grant step(Grant grant, Status to) {
        return GrantLife.step(grant, to, "t", "because", AT);
    }

    private static Grant grant() {
        return new Grant(
                "g",
                Grant.Kind.SHARE,
                "yb",
                new GrantScope("a.b", Map.of("x", Mask.KEEP), "", "", "", Grant.KeyForm.TOKEN),
                new GrantPapers("taxation", "l", "s", "", Map.of(), null),
                new GrantTerms(AT, AT, List.of(Grant.Delivery.TOPIC), 1, 1),
                Map.of(),
                List.of(new GrantStep(Status.FILED, 1, "t", "filed", AT)));
    }
}
