package io.tongdao.ops.province;

import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/** What the sample's base databases check between items and between sources, by the names of the checks, and how a row comes to break each. */
final class Contradiction {
    static final String SEX = "sex_digit";
    static final String BIRTH = "birth_in_number";
    static final String ALLOWANCE = "allowance_after_death";
    static final String VEHICLE = "scrapped_vehicle";
    static final String EQUITY = "equity";

    private Contradiction() {}

    /** What is planted on a person whose household row contradicts its number. */
    static Discrepancy of(Person person) {
        return new Discrepancy(person.id(), person.blemish() == Blemish.POLICE_SEX ? SEX : BIRTH);
    }

    /** A household row with the other sex. */
    static Row otherSex(Row household) {
        return household.with("xb", household.text("xb").equals("1") ? "2" : "1");
    }

    /** A household row with a birth date a day later. */
    static Row otherBirth(Row household) {
        return household.with("csrq", date(household).plusDays(1));
    }

    private static LocalDate date(Row household) {
        return (LocalDate) Objects.requireNonNull(household.get("csrq"));
    }

    /** A row of property rights whose equity is one too large. */
    static Row otherEquity(Row right) {
        return right.with("syzqy", ((BigDecimal) Objects.requireNonNull(right.get("syzqy"))).add(BigDecimal.ONE));
    }

    static boolean sameSex(Row a, Row b) {
        return Objects.equals(a.get("xb"), b.get("xb"));
    }

    static boolean sameBirth(Row a, Row b) {
        return date(a).equals(date(b));
    }
}
