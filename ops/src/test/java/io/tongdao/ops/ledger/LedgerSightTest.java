package io.tongdao.ops.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.exchange.PlanSource;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix of who sees what of the release ledger. */
class LedgerSightTest {
    private static final Plan PLAN =
            PlanSource.compileToRead(Path.of("../avro/src/test/resources/catalogue/four-agencies"));

    @ParameterizedTest(name = "{0}, a subject: {1}, case \"{2}\": {3} {4}")
    @CsvSource({
        // who,             subject, case, extent, what
        "subject,           true,    '',   own,    all entries",
        "subject,           true,    c-1,  own,    all entries",
        "subject,           false,   '',   none,   SUBJECT_MISSING",
        "ga,                false,   '',   own,    ga",
        "ga,                true,    '',   none,   SUBJECT_NOT_SHOWN",
        "ga,                true,    c-1,  none,   SUBJECT_NOT_SHOWN",
        "yb,                false,   '',   own,    yb",
        "kunming-wuhua,     true,    c-1,  none,   SUBJECT_NOT_SHOWN",
        "authority,         false,   '',   whole,  ''",
        "authority,         true,    c-1,  whole,  ''",
        "authority,         true,    '',   none,   CASE_MISSING",
        "authority,         true,    ' ',  none,   CASE_MISSING",
        "authority@530102,  false,   '',   own,    kunming-wuhua",
        "authority@530102,  true,    c-1,  own,    kunming-wuhua",
        "authority@530102,  true,    '',   none,   CASE_MISSING",
        "authority@999999,  false,   '',   none,   IDENTITY_UNKNOWN",
        "authority@999999,  true,    c-1,  none,   IDENTITY_UNKNOWN",
        "authority@,        false,   '',   none,   IDENTITY_UNKNOWN",
        "Authority,         false,   '',   none,   IDENTITY_UNKNOWN",
        "engineer,          false,   '',   none,   IDENTITY_UNKNOWN",
        "'',                true,    c-1,  none,   IDENTITY_UNKNOWN",
    })
    void whoSeesWhat(String who, boolean subject, String caseNumber, String extent, String what) {
        // When
        LedgerSight sight = LedgerSight.of(PLAN, who, subject, caseNumber);

        // Then
        assertThat(sight.extent()).isEqualTo(extent);
        switch (sight) {
            case LedgerSight.Whole whole -> assertThat(what).isEmpty();
            case LedgerSight.Own own -> assertThat(what).isEqualTo("all entries");
            case LedgerSight.Provided provided ->
                assertThat(provided.agencies()).containsExactly(what);
            case LedgerSight.Refused refused -> assertThat(refused.reason()).isEqualTo(LedgerReason.valueOf(what));
        }
    }
}
