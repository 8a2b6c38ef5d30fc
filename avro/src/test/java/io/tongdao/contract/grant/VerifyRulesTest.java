package io.tongdao.contract.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.catalogue.SampleProvince;
import io.tongdao.contract.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be verified, and where an answer says no more than whether it matches (art. 33). */
class VerifyRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Path SAMPLE = Path.of("../ops/catalogue/grants/yb-verify.yaml");
    private static final Plan PLAN = SampleProvince.shipped();

    @TempDir
    Path dir;

    @Test
    void theSampleMayVerify() throws IOException {
        assertThat(problems("delivery", "delivery")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delivery: [verify] | delivery: [verify, topic] | delivery verify stands alone",
                "birth_date: drop | birth_date: year | item birth_date has mask year",
                "kind: share | kind: return | a return hands rows back and does not verify",
            })
    void whatVerificationIsNotIsRefused(String text, String instead, String problem) throws IOException {
        assertThat(problems(text, instead)).anyMatch(line -> line.contains(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "tjj.above_scale_statistics, revenue, false",
        "ga.household_population, full_name, true",
        "ga.household_population, nothing, false",
        "base.population, full_name, false",
    })
    void aWithheldItemIsVerifiedInItsOwnDatasetWhereALawAllowsIt(String table, String item, boolean allowed)
            throws IOException {
        Grant verify = grant("(?s)table: base.population\nitems:.*purpose", """
                table: %s
                items:
                  %s: drop
                purpose""".formatted(table, item));
        assertThat(VerifyRules.allows(PLAN, verify, item)).isEqualTo(allowed);
        assertThat(VerifyRules.allows(PLAN, verify, "another")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // a dataset: whoever is in it is sensitive, or the item is
        "mz.subsistence_allowance, head_name, true",
        "hrss.social_insurance_enrolment, contribution_base, true",
        "hrss.social_insurance_enrolment, enrol_status, false",
        // golden records: by the datasets that lead the item
        "base.population, full_name, false",
        "base.population, enrol_status, false",
        // thematic tables: by their rows, by what stands beside them, by figures
        "theme.social_security.subsistence_families, registered_name, true",
        "theme.social_security.enrolments, employer_name, false",
        "theme.social_security.enrolments, registered_name, false",
        "theme.social_security.insured_persons, total_base, true",
        "theme.social_security.insured_persons, employer_name, false",
        // what no table has
        "base.population, nothing, true",
    })
    void whereMembershipIsSensitiveAnAnswerSaysOnlyWhetherItMatches(String table, String item, boolean hides) {
        assertThat(VerifyRules.hides(PLAN, GrantTable.of(PLAN, table), item)).isEqualTo(hides);
    }

    private List<String> problems(String text, String instead) throws IOException {
        return GrantCheck.check(PLAN, grant(text, instead), Set.of()).all();
    }

    private Grant grant(String text, String instead) throws IOException {
        String changed = Files.readString(SAMPLE).replaceFirst(text.replace("[", "\\["), instead);
        return GrantFile.read(Files.writeString(dir.resolve("grant.yaml"), changed), "test", NOW);
    }
}
