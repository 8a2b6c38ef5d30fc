package io.tongdao.contract.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodesTest {
    @ParameterizedTest
    @CsvSource({
        "'', uscc.empty",
        "9144030071526726X, uscc.length",
        "91530000O165656903, uscc.character",
        "91X40300715267267G, uscc.character",
        "91350100M000100Y44, uscc.check-digit"
    })
    void whatIsNoCreditCodeSaysWhy(String text, String code) {
        assertThat(CreditCode.parse(text)).isEqualTo(Parsed.invalid(code));
    }

    @Test
    void aCreditCodeMustHoldAValidOrganisationCode() {
        // Given: the outer check is right, the inner one is not
        String body = "91440300715267261";
        // When
        long accepted = "0123456789ABCDEFGHJKLMNPQRTUWXY"
                .chars()
                .filter(check -> CreditCode.parse(body + (char) check) instanceof Parsed.Valid)
                .count();
        long byInner = "0123456789ABCDEFGHJKLMNPQRTUWXY"
                .chars()
                .filter(check -> CreditCode.parse(body + (char) check).equals(Parsed.invalid("uscc.organisation-code")))
                .count();
        // Then
        assertThat(accepted).isZero();
        assertThat(byInner).isEqualTo(1);
    }

    @Test
    void writtenFormsOfACodeAreOneCode() {
        assertThat(CreditCode.parse(" 9144030071526726xg"))
                .isEqualTo(Parsed.valid(new CreditCode("9144030071526726XG")));
        assertThat(OrganisationCode.parse("71526726-x")).isEqualTo(Parsed.valid(new OrganisationCode("71526726X")));
    }

    @ParameterizedTest
    @CsvSource({"53010, division.length", "53010A, division.character", "030102, division.character"})
    void whatIsNoDivisionSaysWhy(String text, String code) {
        assertThat(DivisionCode.parse(text)).isEqualTo(Parsed.invalid(code));
    }

    @Test
    void aRetiredDivisionIsStillACode() {
        assertThat(DivisionCode.parse("530121")).isEqualTo(Parsed.valid(new DivisionCode("530121")));
    }
}
