package io.tongdao.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.BasePlan.Blame;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.BasePlan.Rule;
import io.tongdao.contract.plan.Strategy.Tie;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an official is told of a rule is all that decides. */
class RuleTextTest {

    private static Rule rule(Strategy strategy) {
        return new Rule(LocalDate.MIN, List.of("ga.a", "hrss.b"), List.of(), strategy);
    }

    static Stream<Arguments> strategies() {
        return Stream.of(
                Arguments.of(Strategy.LED, "ga.a, then hrss.b"),
                Arguments.of(new Strategy.MostRecent(null), "the most recent of ga.a, hrss.b"),
                Arguments.of(
                        new Strategy.MostRecent(Period.ofYears(3)),
                        "the most recent of ga.a, hrss.b, none older than P3Y"),
                Arguments.of(new Strategy.Agree(2), "what 2 agree on of ga.a, hrss.b, else the first"),
                Arguments.of(
                        new Strategy.Trust(List.of(80, 60), null, 0, 0, List.of(Tie.TRUST)),
                        "the most trusted of ga.a 80, hrss.b 60"),
                Arguments.of(
                        new Strategy.Trust(
                                List.of(80, 60), Period.ofYears(2), 20, 10, List.of(Tie.TRUST, Tie.EVENT_TIME)),
                        "the most trusted of ga.a 80, hrss.b 60, halved every P2Y down to 20, within 10 by trust, then"
                                + " event_time"));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void saysWhoCanWinAndHow(Strategy strategy, String expected) {
        // When / Then
        assertThat(RuleText.leading(rule(strategy))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void onlyWhatAgesAsksWhenAValueWasTrue(Strategy strategy, String text) {
        // When / Then
        assertThat(Strategy.timed(strategy))
                .isEqualTo(text.contains("recent") || text.contains("halved") || text.contains("event_time"));
    }

    static Stream<Arguments> comparisons() {
        return Stream.of(
                Arguments.of(Comparison.EXACT, "exact"),
                Arguments.of(Comparison.HAN_NAME, "han_name"),
                Arguments.of(Comparison.ORGANISATION_NAME, "organisation_name"),
                Arguments.of(new Comparison.Day(Comparison.Precision.MONTH), "date to the month"),
                Arguments.of(Comparison.DIVISION, "division"),
                Arguments.of(new Comparison.Territory(Comparison.Level.COUNTY), "division to the county"),
                Arguments.of(new Comparison.Address(Comparison.Level.TOWNSHIP), "address to the township"),
                Arguments.of(Comparison.CODE, "code"),
                Arguments.of(
                        new Comparison.Code(Map.of("hrss.b", Map.of("M", "1"))), "code by mappings of {hrss.b={M=1}}"),
                Arguments.of(new Comparison.Number(BigDecimal.ZERO, BigDecimal.ZERO), "number"),
                Arguments.of(new Comparison.Number(new BigDecimal("0.01"), BigDecimal.ZERO), "number within 0.01"),
                Arguments.of(new Comparison.Number(BigDecimal.ZERO, new BigDecimal("0.01")), "number within 1%"));
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void saysHowFarTwoValuesMayDiffer(Comparison comparison, String expected) {
        // When / Then
        assertThat(RuleText.of(comparison)).isEqualTo(expected);
    }

    @Test
    void saysWhoIsToldAndAfterHowLong() {
        // When / Then
        assertThat(RuleText.of(Blame.OTHERS)).isEqualTo("others");
        assertThat(RuleText.of(new Blame(Blame.Who.LEADER, Duration.ofDays(30))))
                .isEqualTo("leader after PT720H");
    }
}
