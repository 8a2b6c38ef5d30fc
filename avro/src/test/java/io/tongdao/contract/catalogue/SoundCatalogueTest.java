package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.calendar.Deadline;
import io.tongdao.contract.calendar.WorkingDays;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.PlanReport;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.plan.ThemePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sound catalogue of the tests compiles to: themes, dated rules, versions of standards, purposes, classes. */
class SoundCatalogueTest {
    private static final Path SOUND = Path.of("src/test/resources/catalogue/sound");
    private static final Path STATISTICS = Path.of("src/test/resources/catalogue/statistics");
    private final Plan plan = plan(SOUND);

    @TempDir
    Path directory;

    @Test
    void aThemeTableIsAsStrictAsWhatItIsMadeOf() {
        // When
        ThemePlan insured = theme("social_security.insured_persons");
        // Then
        assertThat(insured.items())
                .containsOnlyKeys(
                        "citizen_id",
                        "full_name",
                        "hukou_division",
                        "employer_uscc",
                        "employer_name",
                        "employer_status",
                        "insured_at",
                        "insurances",
                        "total_base");
        ThemePlan.Item employer = item(insured, "employer_name");
        assertThat(List.of(employer.source(), employer.sourceItem(), employer.by()))
                .containsExactly("base.legal_entity", "ent_name", "employer_uscc");
        ThemePlan.Item sum = item(insured, "total_base");
        assertThat(List.<Object>of(sum.level(), sum.mask(), sum.share(), sum.open(), sum.type()))
                .containsExactly(
                        4, Mask.BAND, ShareClass.CONDITIONAL, ShareClass.WITHHELD, new ItemType.Decimal(22, 2));
        assertThat(item(insured, "insurances").level())
                .as("a count tells of the whole dataset")
                .isEqualTo(4);
        assertThat(item(insured, "full_name").mask()).isEqualTo(Mask.SURNAME);
        assertThat(List.<Object>of(insured.level(), insured.share(), insured.open(), insured.grade()))
                .containsExactly(4, ShareClass.CONDITIONAL, ShareClass.WITHHELD, Grade.GENERAL);
        assertThat(insured.purposes())
                .containsExactly("medical_insurance", "local_governance", "government_service", "housing");
    }

    @Test
    void aThemeTopicIsNamedShapedAndProvisioned() {
        // Given
        ThemePlan insured = theme("social_security.insured_persons");
        // When
        Schema schema = insured.topic().schema();
        // Then
        assertThat(insured.topic().name()).isEqualTo("theme.social_security.insured_persons");
        assertThat(insured.topic().partitions()).isEqualTo(2);
        assertThat(schema.getFullName()).isEqualTo("io.tongdao.theme.social_security.insured_persons");
        assertThat(schema.getFields().stream().map(Schema.Field::name))
                .containsAll(insured.items().keySet())
                .endsWith("_disputed");
        assertThat(plan.topics()).contains(insured.topic());
        assertThat(PlanReport.text(plan)).contains("wuhua_residents.residents").contains("within 530102");
    }

    @Test
    void aLowerLevelsTableIsLimitedByTheItemOfItsBasis() {
        // When
        ThemePlan residents = theme("wuhua_residents.residents");
        // Then
        assertThat(List.of(residents.division(), residents.territory())).containsExactly("530102", "hukou_division");
    }

    @Test
    void aChangeOfAuthorityLeavesTheOldRuleInForceUntilItsDay() {
        // Given
        BaseItemPlan status = golden(plan, "marital_status");
        // When
        Plan today = plan.on(LocalDate.of(2026, 11, 24));
        Plan later = plan.on(LocalDate.of(2027, 1, 1));
        // Then
        assertThat(status.rules()).extracting("from").containsExactly(LocalDate.MIN, LocalDate.of(2027, 1, 1));
        assertThat(status.rule(LocalDate.of(2026, 12, 31)).verify()).isEmpty();
        assertThat(status.rule(LocalDate.of(2027, 1, 1)).verify()).containsExactly("yb.medical_enrolment");
        assertThat(golden(today, "marital_status").verify()).isEmpty();
        assertThat(golden(later, "marital_status").verify()).containsExactly("yb.medical_enrolment");
        assertThat(golden(later, "marital_status").rules()).isEqualTo(status.rules());
    }

    @Test
    void anItemFollowsTheVersionThatItNamesElseTheOneInForce() {
        // Given
        StandardPlan sex = Objects.requireNonNull(plan.standards().get("GB/T 2261.1"));
        LocalDate day = LocalDate.of(2026, 11, 24);
        // Then
        assertThat(sex.version("GB/T 2261.1", day)).hasValueSatisfying(version -> {
            assertThat(version.version()).isEqualTo("2003");
            assertThat(version.allows("9")).isTrue();
            assertThat(version.allows("7")).isFalse();
        });
        assertThat(sex.version("GB/T 2261.1@1980", day))
                .hasValueSatisfying(version -> assertThat(version.allows("9")).isFalse());
        assertThat(sex.version("GB/T 2261.1", LocalDate.of(1999, 1, 1)))
                .hasValueSatisfying(version -> assertThat(version.version()).isEqualTo("1980"));
        assertThat(sex.version("GB/T 2261.1", LocalDate.of(1970, 1, 1))).isEmpty();
    }

    @Test
    void aFormatStandardTakesWhatHasOneOfItsFormats() {
        // Given
        ItemPlan mobile = Objects.requireNonNull(
                dataset("hrss.social_insurance_enrolment").items().get("mobile"));
        StandardPlan format = Objects.requireNonNull(plan.standards().get(StandardPlan.idOf(mobile.standard())));
        // When
        StandardPlan.Version version =
                format.version(mobile.standard(), LocalDate.of(2026, 1, 1)).orElseThrow();
        // Then
        assertThat(version.allows("13800000000")).isTrue();
        assertThat(version.allows("1380000000")).isFalse();
        assertThat(version.allows("03800000000")).isFalse();
    }

    @Test
    void aPurposeServesWhereAWiderOneIsAllowed() {
        assertThat(plan.serves(List.of("social_assistance"), "medical_assistance"))
                .isTrue();
        assertThat(plan.serves(List.of("medical_assistance"), "social_assistance"))
                .isFalse();
        assertThat(plan.serves(List.of(), "anything")).isTrue();
    }

    @Test
    void aPersonalNumberIsPersonalInformationWhateverIsWritten() {
        // Given
        Map<String, ItemPlan> items = dataset("ga.household_population").items();
        // Then
        assertThat(Objects.requireNonNull(items.get("citizen_id")).personal()).isEqualTo(Personal.GENERAL);
        assertThat(Objects.requireNonNull(items.get("photo_digest")).personal()).isEqualTo(Personal.BIOMETRIC);
        assertThat(Objects.requireNonNull(items.get("photo_digest")).verify()).isFalse();
        assertThat(Objects.requireNonNull(items.get("full_name")).verify()).isTrue();
    }

    @Test
    void aDatasetWithheldByStatuteIsAcceptedAndOneWithoutIsRefused() throws IOException {
        // Given
        SampleProvince.copy(SOUND, directory);
        SampleProvince.copy(STATISTICS, directory);
        DatasetPlan statistics =
                Objects.requireNonNull(plan(directory).datasets().get("tj.above_scale_statistics"));
        // When
        Path file = directory.resolve("datasets/tj/above_scale_statistics.yaml");
        String citation = "  citation: {kind: law, name: 中华人民共和国统计法, article: 第二十八条}\n";
        Files.writeString(file, Files.readString(file).replace(citation, ""));
        // Then
        assertThat(statistics.items().values()).allSatisfy(item -> {
            assertThat(item.share()).isEqualTo(ShareClass.WITHHELD);
            assertThat(item.verify()).isFalse();
        });
        assertThat(SampleProvince.problems(directory)).extracting(Problem::code).containsExactly("share.citation");
    }

    @Test
    void theReportCountsWhatStandsInTheCatalogue() {
        // When
        String text = CatalogueReport.text(Catalogue.load(SOUND, variables()));
        // Then
        assertThat(text)
                .containsPattern("agencies +8 .*4 with a chief data officer")
                .containsPattern("standards +13  1 of them formats, 14 versions")
                .containsPattern("data classes +19  1 of them local")
                .containsPattern("sensitive items +2  1 biometric, 1 finance")
                .containsPattern("changes of rule +1 ");
    }

    private ThemePlan theme(String id) {
        return Objects.requireNonNull(plan.themes().get(id));
    }

    @Test
    void theCataloguesOwnListOfAYearCountsBeforeWhatIsShipped() {
        // When
        Deadline deadline = plan.workingDays().add(LocalDate.of(2026, 12, 29), 3);
        // Then
        assertThat(deadline.date())
                .as("31 December is off, Sunday 3 January is worked")
                .isEqualTo("2027-01-04");
        assertThat(deadline.provisional()).isFalse();
        assertThat(WorkingDays.shipped().add(LocalDate.of(2026, 12, 29), 3).provisional())
                .isTrue();
    }

    private static ThemePlan.Item item(ThemePlan theme, String name) {
        return Objects.requireNonNull(theme.items().get(name));
    }

    private DatasetPlan dataset(String id) {
        return Objects.requireNonNull(plan.datasets().get(id));
    }

    private static BaseItemPlan golden(Plan plan, String item) {
        return Objects.requireNonNull(
                Objects.requireNonNull(plan.bases().get("population")).items().get(item));
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(SampleProvince.ADDRESSES);
        variables.put("inboxes", "/in");
        return variables;
    }

    private static Plan plan(Path directory) {
        return PlanCompiler.compile(Catalogue.load(directory, variables()));
    }
}
