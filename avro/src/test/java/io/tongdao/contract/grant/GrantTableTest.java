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

    @Test
    void aThematicItemNeedsTheAgenciesBehindItAndBehindTheRowsThatItStandsIn() {
        // When
        GrantTable table = GrantTable.of(SampleProvince.shipped(), "theme.social_security.insured_persons");
        // Then
        assertThat(table.identifiers()).containsExactly("citizen_id");
        assertThat(table.rowKey()).isEmpty();
        assertThat(table.items().get("employer_name").providers()).contains("scjg", "ga", "hrss");
        assertThat(table.items().get("insurances").providers()).contains("hrss", "ga");
    }

    @Test
    void aThematicTableOfRowsIsKeyedByTheNamesThatItShowsThemUnder() {
        // Given
        Plan plan = SampleProvince.shipped();
        // When
        GrantTable families = GrantTable.of(plan, "theme.social_security.subsistence_families");
        // Then
        assertThat(families.identifiers()).containsExactly("head_citizen_id");
        assertThat(families.territories()).containsExactly("division");
        assertThat(families.items().get("monthly_amount").providers()).containsExactly("mz");
        assertThat(GrantTable.exists(plan, "theme.social_security.nothing")).isFalse();
    }

    @Test
    void theKeyOfARowThatATableDoesNotShowIsNoItemOfIt() {
        // Given
        Plan plan = SampleProvince.shipped();
        // When
        GrantTable enrolments = GrantTable.of(plan, "theme.social_security.enrolments");
        // Then
        assertThat(enrolments.rowKey())
                .isNotEmpty()
                .allMatch(item ->
                        enrolments.items().containsKey(item) || item.startsWith("hrss.social_insurance_enrolment."));
        assertThat(GrantTables.tables(plan, SubjectKind.PERSON))
                .containsKey("theme.social_security.enrolments")
                .containsKey("base.population");
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
