package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.rule.RowRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCompilerTest {
    private static final Path SOUND = Path.of("src/test/resources/catalogue/sound");
    private static final String HOUSEHOLD = "datasets/ga/household_population.yaml";

    @TempDir
    Path directory;

    @Test
    void whatTheCatalogueSaysAnywayIsCheckedWithoutAWord() throws IOException {
        // When
        List<String> rules = ids(plan("").rules().get("ga.household_population"));
        // Then
        assertThat(rules)
                .contains(
                        "format.gender_code",
                        "format.hukou_division",
                        "format.citizen_id@division",
                        "consistency.birth_date@citizen_id",
                        "consistency.gender_code@citizen_id")
                .doesNotContain("format.citizen_id")
                .allMatch(id -> id.startsWith("format.") || id.contains("@"));
    }

    @Test
    void aNumberThatIsNoSubjectsIsCheckedByItsType() throws IOException {
        assertThat(ids(plan("").rules().get("hrss.social_insurance_enrolment")))
                .contains("format.employer_uscc", "format.employer_uscc@division");
    }

    @Test
    void whatTheAgencyWritesStandsBesideIt() throws IOException {
        // When
        List<RowRule> rules = plan("""
                rules:
                  required: [full_name]
                  unique: [household_no]
                  timely: {birth_date: P1M}
                  checks:
                    named: {label: 姓名不为空白, holds: size(full_name) > 1}
                """).rules().get("ga.household_population");
        // Then
        assertThat(ids(rules))
                .contains(
                        "completeness.full_name",
                        "uniqueness.household_no",
                        "timeliness.birth_date",
                        "consistency.named");
        assertThat(rules).extracting(RowRule::label).contains("姓名必填", "户号不重复", "出生日期之后1个月内入库", "姓名不为空白");
    }

    private Plan plan(String rules) throws IOException {
        SampleProvince.copy(SOUND, directory);
        Path file = directory.resolve(HOUSEHOLD);
        Files.writeString(file, Files.readString(file) + rules);
        Map<String, String> variables = new HashMap<>(SampleProvince.ADDRESSES);
        variables.put("inboxes", "/in");
        return PlanCompiler.compile(Catalogue.load(directory, variables));
    }

    private static List<String> ids(List<RowRule> rules) {
        return rules.stream().map(RowRule::id).toList();
    }
}
