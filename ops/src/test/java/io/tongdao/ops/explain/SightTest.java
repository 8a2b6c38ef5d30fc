package io.tongdao.ops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.exchange.PlanSource;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix of who sees what. */
class SightTest {
    private static final Plan PLAN =
            PlanSource.compileToRead(Path.of("../avro/src/test/resources/catalogue/four-agencies"));

    @ParameterizedTest(name = "{0} asks about a {1} with case \"{2}\": {3} {4}")
    @CsvSource({
        // who,            about,        case,  extent, what
        "authority,        PERSON,       c-1,   whole,  ''",
        "authority,        ORGANISATION, c-1,   whole,  ''",
        "authority,        PERSON,       '',    none,   CASE_MISSING",
        "authority,        PERSON,       ' ',   none,   CASE_MISSING",
        "ga,               PERSON,       '',    own,    ga.household_population",
        "hrss,             PERSON,       '',    own,    hrss.social_insurance_enrolment",
        "mz,               PERSON,       c-1,   own,    mz.marriage_registration",
        "scjg,             ORGANISATION, '',    own,    scjg.enterprise_registration",
        "ga,               ORGANISATION, '',    none,   NOTHING_PROVIDED",
        "ga,               PLACE,        '',    none,   NOTHING_PROVIDED",
        "yb,               PERSON,       c-1,   none,   NOTHING_PROVIDED",
        "kunming-wuhua,    PERSON,       c-1,   none,   NOTHING_PROVIDED",
        "authority@530102, PERSON,       c-1,   none,   NOTHING_PROVIDED",
        "authority@530102, PERSON,       '',    none,   CASE_MISSING",
        "authority@530000, PERSON,       '',    none,   CASE_MISSING",
        "authority@999999, PERSON,       c-1,   none,   IDENTITY_UNKNOWN",
        "authority@,       PERSON,       c-1,   none,   IDENTITY_UNKNOWN",
        "nobody,           PERSON,       c-1,   none,   IDENTITY_UNKNOWN",
        "engineer,         PERSON,       c-1,   none,   IDENTITY_UNKNOWN",
        "Authority,        PERSON,       c-1,   none,   IDENTITY_UNKNOWN",
        "'',               PERSON,       c-1,   none,   IDENTITY_UNKNOWN",
    })
    void whoSeesWhat(String who, SubjectKind about, String caseNumber, String extent, String what) {
        // When
        Sight sight = Sight.of(PLAN, about, who, caseNumber);

        // Then
        assertThat(sight.extent()).isEqualTo(extent);
        switch (sight) {
            case Sight.Whole whole -> assertThat(what).isEmpty();
            case Sight.Own own -> assertThat(own.datasets()).containsExactly(what);
            case Sight.Refused refused -> assertThat(refused.reason()).isEqualTo(Reason.valueOf(what));
        }
    }

    @Test
    void theAuthorityOfADivisionSeesWhatItsAgenciesSay() {
        // When
        Sight sight = Sight.of(PLAN, SubjectKind.PERSON, "authority@530000", "c-1");

        // Then
        assertThat(sight)
                .isEqualTo(new Sight.Own(Set.of(
                        "ga.household_population", "hrss.social_insurance_enrolment", "mz.marriage_registration")));
    }

    @ParameterizedTest
    @CsvSource({
        "530102199003071238, PERSON, 530102199003071238",
        "' 530102900307123 ', PERSON, 530102199003071238",
        "91530100525943511Y, ORGANISATION, 91530100525943511Y",
        "91530100525943511y, ORGANISATION, 91530100525943511Y",
        "passport:fra:12ab34567, PERSON, passport:FRA:12AB34567",
        "org:525943511, ORGANISATION, org:525943511",
        "place:parcel:a|b, PLACE, place:parcel:A%7CB",
    })
    void aSubjectIsFoundUnderTheKeyThatItsRowsHave(String typed, SubjectKind kind, String key) {
        assertThat(AskedSubject.parse(typed)).contains(new AskedSubject(kind, key));
    }

    @ParameterizedTest
    @CsvSource({"530102199003071239", "91530100525943511X", "张三", "''", "nothing:1", "passport:", "passport:FRA:"})
    void whatIsNoIdentifierIsNone(String typed) {
        assertThat(AskedSubject.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "核实本人申请, false",
        "云数〔2026〕12号, false",
        "案号 202603120000123, false",
        "查530102199003071238户籍, true",
        "530102900307123, true",
        "企业91530100525943511y, true",
    })
    void identifiersAreFoundInTextsThatGoOnRecord(String text, boolean named) {
        assertThat(AskedSubject.namedIn(text)).isEqualTo(named);
    }
}
