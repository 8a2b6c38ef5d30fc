package io.tongdao.contract.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.catalogue.SampleProvince;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTableTest {
    private static final Plan PLAN = SampleProvince.plan();

    @Test
    void aRowAboutTwoPeopleIsKeyedByRoleToo() {
        // When
        GrantTable table = GrantTable.of(PLAN, "mz.marriage_registration");
        // Then
        assertThat(table.identifiers()).containsExactly("husband_id_no", "wife_id_no");
        assertThat(table.rowKey()).containsExactly("subject_role", "certificate_no");
        assertThat(table.territories()).containsExactly("reg_division");
        assertThat(table.items().get("husband_name").providers()).containsExactly("mz");
    }

    @Test
    void whatIsReturnedToItsTerritoryMayBeLooserThanWhatIsShared() {
        // When
        GrantTable.Item name =
                GrantTable.of(PLAN, "mz.marriage_registration").items().get("husband_name");
        // Then
        assertThat(name.loosest(Grant.Kind.SHARE)).isEqualTo(Mask.SURNAME);
        assertThat(name.loosest(Grant.Kind.RETURN)).isEqualTo(Mask.KEEP);
    }

    @Test
    void aGoldenItemHasEveryAgencyBehindItsRule() {
        // When
        GrantTable table = GrantTable.of(PLAN, "base.population");
        // Then
        assertThat(table.identifiers()).containsExactly("citizen_id");
        assertThat(table.items().get("marital_status").providers()).contains("mz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base.people", "population", "ga.nothing"})
    void anUnknownTableIsRefusedByName(String name) {
        // When / Then
        assertThat(GrantTable.exists(PLAN, name)).isFalse();
        assertThatThrownBy(() -> GrantTable.of(PLAN, name)).hasMessageContaining(name);
    }

    @Test
    void eachKindsTasksFollowItsOwnTablesOnly() {
        // When / Then
        assertThat(GrantTables.kinds(PLAN)).containsExactlyInAnyOrder(SubjectKind.PERSON, SubjectKind.ORGANISATION);
        assertThat(GrantTables.tables(PLAN, SubjectKind.PERSON))
                .containsOnlyKeys(
                        "base.population",
                        "src.ga.household_population",
                        "src.hrss.social_insurance_enrolment",
                        "src.mz.marriage_registration");
        assertThat(GrantTables.tables(PLAN, SubjectKind.ORGANISATION))
                .containsOnlyKeys("base.legal_entity", "src.scjg.enterprise_registration");
        assertThat(GrantTables.tables(PLAN, SubjectKind.PLACE)).isEmpty();
    }
}
