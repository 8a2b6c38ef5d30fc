package io.tongdao.ops.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.query.TableRights.Right;
import io.tongdao.ops.GrantLives;
import io.tongdao.ops.exchange.PlanSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an agency's analyst may read follows from the catalogue and its grants as they stand. */
class AgencyRightsTest {
    private static final Path CATALOGUE = Path.of("../avro/src/test/resources/catalogue/four-agencies");
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final Plan PLAN = PlanSource.compileToRead(CATALOGUE);
    private static final String SHARED = "share_yb.yb_enrolment";

    @ParameterizedTest
    @CsvSource({
        "ga, src_ga.household_population",
        "hrss, src_hrss.social_insurance_enrolment",
        "yb, share_yb.yb_enrolment",
        "kunming-wuhua, return_530102.wuhua_return",
    })
    void readsWhatItProvidesAndWhatIsReleasedToIt(String agency, String table) {
        assertThat(rights(agency, Status.ACTIVE, NOW).on(table)).isNotInstanceOf(Right.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ga, src_hrss.social_insurance_enrolment",
        "ga, base.population",
        "ga, share_yb.yb_enrolment",
        "yb, return_530102.wuhua_return",
        "yb, base.population",
        "yb, src_ga.household_population",
        "yb, src_ga.anything",
        "yb, audit.access",
        "y, share_yb.yb_enrolment",
    })
    void nothingElseExistsForIt(String agency, String table) {
        assertThat(rights(agency, Status.ACTIVE, NOW).on(table)).isEqualTo(new Right.Unknown());
    }

    @Test
    void aReleasedTableShowsThisEpochAlone() {
        assertThat(rights("yb", Status.ACTIVE, NOW).on(SHARED)).isEqualTo(new Right.Shown("share.yb.yb-enrolment.e1"));
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void whatDoesNotFlowIsNotAnswered(Status status) {
        assertThat(rights("yb", status, NOW).on(SHARED))
                .isInstanceOfSatisfying(
                        Right.Closed.class, closed -> assertThat(closed.why()).contains(SHARED, status.word()));
    }

    @Test
    void atItsEndItIsOverWhetherThatIsOnRecordOrNot() {
        Grant grant = grant("yb-enrolment", Status.ACTIVE);
        assertThat(rights("yb", Status.ACTIVE, grant.until().minusMillis(1)).on(SHARED))
                .isInstanceOf(Right.Shown.class);
        assertThat(rights("yb", Status.ACTIVE, grant.until()).on(SHARED)).isInstanceOf(Right.Closed.class);
    }

    private static AgencyRights rights(String agency, Status status, Instant now) {
        List<Grant> grants = List.of(grant("yb-enrolment", status), grant("wuhua-return", status));
        return new AgencyRights(agency, PLAN, grants, Map.of(), now);
    }

    private static Grant grant(String id, Status status) {
        return GrantLives.reached(GrantFile.read(CATALOGUE.resolve("grants/" + id + ".yaml"), "clerk", NOW), status);
    }
}
