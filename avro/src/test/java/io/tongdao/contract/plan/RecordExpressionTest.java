package io.tongdao.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordExpressionTest {
    private static final String MAN_OF_1990 = "530102199003071238";
    private static final Map<String, ItemType> TYPES = Map.of(
            "ga.people.id", new ItemType.CitizenIdType(),
            "ga.people.sex", new ItemType.Code("GB/T 2261.1"),
            "ga.people.born", new ItemType.Date(),
            "ga.people.seen", new ItemType.Timestamp(),
            "mz.allowance.amount", new ItemType.Decimal(10, 2),
            "mz.allowance.members", new ItemType.Int(),
            "mz.allowance.stopped", new ItemType.Bool());

    private static Object value(String variable) {
        return switch (variable) {
            case "ga.people.id" -> MAN_OF_1990;
            case "ga.people.sex" -> "1";
            case "ga.people.born" -> (int) LocalDate.of(1990, 3, 7).toEpochDay();
            case "ga.people.seen" -> LocalDate.of(2026, 6, 30).toEpochDay() * 86_400_000_000L + 1_000_000L;
            case "mz.allowance.amount" -> new BigDecimal("350.50");
            case "mz.allowance.members" -> 3;
            default -> true;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "id_sex(ga.people.id) == ga.people.sex;true",
                "id_sex(ga.people.id) == '2';false",
                "id_birth(ga.people.id) == ga.people.born;true",
                "ga.people.born < ga.people.seen;true",
                "ga.people.seen == '2026-06-30T00:00:01';true",
                "mz.allowance.amount / double(mz.allowance.members) > 100.0;true",
                "mz.allowance.stopped && mz.allowance.members > 3;false",
            })
    void judgesValuesOfSeveralSources(String text, boolean expected) {
        // Given
        RecordExpression expression = RecordExpression.compile(text, TYPES);
        // When
        Boolean holds = expression.holds(
                expression.variables().stream().map(RecordExpressionTest::value).toArray());
        // Then
        assertThat(holds).isEqualTo(expected);
    }

    @Test
    void anotherNumberThanACitizensSaysNothingOfSexAndBirth() {
        // Given
        RecordExpression expression = RecordExpression.compile("id_sex(ga.people.id) == '1'", TYPES);
        // When / Then
        assertThat(expression.holds(new Object[] {"12AB34567"})).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ga.people.id", "nobody == '1'", "ga.people.sex = '1'", "id_sex(mz.allowance.members) == '1'"})
    void whatIsNoConditionIsRefused(String text) {
        // When / Then
        assertThatThrownBy(() -> RecordExpression.compile(text, TYPES)).isInstanceOf(RecordExpression.Refused.class);
    }
}
