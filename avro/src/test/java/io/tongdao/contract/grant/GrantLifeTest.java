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

    @Test
    void findsWhatWasChangedBehindItsBack() {
        // Given
        Grant active = grant().moved(Status.ACTIVE, 1, "t", "", AT);
        Grant more = new Grant(
                "g",
                Grant.Kind.SHARE,
                "yb",
                "a.b",
                Map.of("x", Mask.KEEP, "y", Mask.KEEP),
                "",
                "",
                "",
                Grant.KeyForm.TOKEN,
                "taxation",
                "l",
                "s",
                AT,
                AT,
                List.of(Grant.Delivery.TOPIC),
                1,
                Map.of(),
                Status.ACTIVE,
                1,
                "t",
                "",
                AT);
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
        "APPROVED,false,false",
        "ACTIVE,true,false",
        "SUSPENDED,false,true",
        "ENDED,false,true",
        "EXPIRED,false,true"
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
                "a.b",
                Map.of("x", Mask.KEEP),
                "",
                "",
                "",
                Grant.KeyForm.TOKEN,
                "taxation",
                "l",
                "s",
                AT,
                AT,
                List.of(Grant.Delivery.TOPIC),
                1,
                Map.of(),
                Status.FILED,
                1,
                "t",
                "",
                AT);
    }
}
