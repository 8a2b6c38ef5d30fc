package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.system.CatalogueCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a provider withholds (不予共享, art. 31) can't be had by a road around it. A road to a test: each withholds an item or a dataset of the sample
 * at its source and asks for it elsewhere. The other roads: what discrepancies, rejects and logs hold is {@code LeakIT}'s, who sees what by explain
 * {@code SightTest}'s and {@code ExplainIT}'s, tables and their past {@code AgencyRightsTest}'s and {@code LakeQueryTest}'s.
 */
class LaunderingTest {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final String WITHHELD =
            "share: {class: withheld, reason: 试验, citation: {kind: law, name: 统计法, article: 第二十八条}}";

    @TempDir
    private Path work;

    private Path catalogue;

    @BeforeEach
    void copy() throws IOException {
        catalogue = work.resolve("catalogue");
        CatalogueCopies.copy(Path.of("../ops/catalogue"), catalogue);
    }

    @ParameterizedTest(name = "{0}: {2} of {1} withheld, {4} of {3} asked for")
    @CsvSource(delimiter = '|', textBlock = """
            itself                              | hrss/social_insurance_enrolment | mobile        | hrss.social_insurance_enrolment       | mobile
            the golden record of its source     | hrss/social_insurance_enrolment | enrol_status  | base.population                       | enrol_status
            a golden record that it only checks | hrss/social_insurance_enrolment | full_name     | base.population                       | full_name
            a thematic table's own row          | hrss/social_insurance_enrolment | enrol_status  | theme.social_security.enrolments      | enrol_status
            a golden record beside a row        | ga/household_population         | hukou_status  | theme.social_security.enrolments      | hukou_status
            one whom a withheld item names      | hrss/social_insurance_enrolment | employer_uscc | theme.social_security.enrolments      | employer_name
            one whom a golden item names        | hrss/social_insurance_enrolment | employer_uscc | theme.social_security.insured_persons | employer_name
            a sum                               | hrss/social_insurance_enrolment | contribution_base | theme.social_security.insured_persons | total_base
            a count of its rows                 | hrss/social_insurance_enrolment | mobile        | theme.social_security.insured_persons | insurances
            that somebody has such a row        | mz/subsistence_allowance        | head_citizen_id | theme.social_security.subsistence_families | registered_name
            """)
    void noTableShowsIt(String road, String dataset, String item, String table, String asked) throws IOException {
        // Given
        withhold(dataset, item);

        // Then
        assertThatThrownBy(() -> file(table, asked + ": keep", ""))
                .isInstanceOf(GrantRefused.class)
                .hasMessageContaining("item " + asked + " is withheld from sharing (art. 31)");
    }

    @Test
    void noRowFilterAsksForIt() throws IOException {
        // Given
        withhold("hrss/social_insurance_enrolment", "enrol_status");

        // Then
        assertThatThrownBy(() -> file("base.population", "gender_code: keep", "filter: enrol_status == '1'"))
                .hasMessageContaining("item enrol_status is withheld");
    }

    @Test
    void noTerritoryTellsIt() throws IOException {
        // Given
        withhold("ga/household_population", "hukou_division");
        String territory = "territory: {division: 530102, item: hukou_division}";

        // Then
        assertThatThrownBy(() -> file("return", "kunming-wuhua", "base.population", "gender_code: keep", territory))
                .hasMessageContaining("item hukou_division is withheld");
    }

    @Test
    void noKeyIsIt() throws IOException {
        // Given
        withhold("hrss/social_insurance_enrolment", "citizen_id");

        // Then
        assertThatThrownBy(() -> file("hrss.social_insurance_enrolment", "division: keep", "key: clear"))
                .hasMessageContaining("key clear needs identifier citizen_id");
        assertThatThrownBy(() ->
                        file("hrss.social_insurance_enrolment", "division: keep\n  citizen_id: keep", "key: clear"))
                .hasMessageContaining("item citizen_id is withheld");
    }

    @Test
    void nothingThatIsWithheldIsVerifiedUnlessALawAllowsIt() throws IOException {
        // Given
        withhold("hrss/social_insurance_enrolment", "mobile");

        // Then
        var items = plan().datasets().get("hrss.social_insurance_enrolment").items();
        assertThat(items.get("mobile").verify()).isFalse();
        assertThat(items.get("full_name").verify()).isTrue();
    }

    @Test
    void whatWasAskedForIsGrantedWhereNothingIsWithheld() {
        assertThat(file("theme.social_security.enrolments", "enrol_status: keep", "")
                        .items())
                .containsKey("enrol_status");
    }

    private void withhold(String dataset, String item) throws IOException {
        CatalogueCopies.edit(
                catalogue.resolve("datasets/" + dataset + ".yaml"),
                text -> text.replaceFirst("(?m)^(  " + item + ": *\\{)", "$1" + WITHHELD + ", "));
    }

    private Plan plan() {
        return PlanSource.compileToRead(catalogue);
    }

    private Grant file(String table, String items, String more) {
        return file("share", "yb", table, items, more);
    }

    private Grant file(String kind, String consumer, String table, String items, String more) {
        String yaml = """
                grant: around
                kind: %s
                consumer: %s
                table: %s
                items:
                  %s
                %s
                purpose: %s
                legal_basis: 试验
                scenario: 试验
                from: 2026-01-01
                until: 2029-12-31
                delivery: [topic]
                """.formatted(kind, consumer, table, items, more, purpose(table));
        try {
            Path file = Files.writeString(work.resolve("grant.yaml"), yaml);
            return new GrantFiling(plan(), NOW, (grant, at) -> List.of())
                    .judged(GrantFile.read(file, "clerk", NOW), null);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String purpose(String table) {
        return table.startsWith("theme.") ? "government_service" : "medical_insurance";
    }
}
