package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Identifier;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.PlanReport;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCompilerTest {
    private final Plan plan = SampleProvince.plan();

    @Test
    void aConditionalPublicationHasTheBoundsOfConditionalOnesAndItsTablesTypes() {
        // When
        PublicationPlan publication = SampleProvince.sound().publications().get("enterprise_distribution");
        // Then
        assertThat(publication.bounds()).isEqualTo(new PublicationPlan.Bounds(5, 3, 5));
        assertThat(publication.items().get("establish_date").type()).isEqualTo(new ItemType.Date());
        assertThat(publication.sensitive())
                .extracting(PublicationPlan.Item::name)
                .containsExactly("registered_capital");
    }

    @Test
    void theSampleProvinceCompilesToItsTopics() {
        assertThat(plan.topics().stream().map(t -> t.name() + " " + t.partitions() + " " + t.policy()))
                .containsExactly(
                        "src.ga.household_population 2 KEYED",
                        "src.hrss.social_insurance_enrolment 2 KEYED",
                        "src.mz.marriage_registration 2 KEYED",
                        "src.scjg.enterprise_registration 2 KEYED",
                        "base.legal_entity 2 KEYED",
                        "base.population 2 KEYED",
                        "ctl.catalogue 1 CONTROL",
                        "ctl.grant 1 CONTROL",
                        "ctl.incident 1 CONTROL",
                        "ctl.source 1 CONTROL",
                        "ctl.collect 1 CONTROL",
                        "ctl.stage 1 CONTROL",
                        "ctl.open 1 CONTROL",
                        "ctl.token 1 CONTROL",
                        "ctl.files 1 CONTROL",
                        "ctl.ack 1 CONTROL",
                        "flag.reject 1 CONTROL",
                        "flag.schema 1 CONTROL",
                        "audit.access 1 AUDIT",
                        "audit.verification 1 AUDIT",
                        "audit.release 1 AUDIT",
                        "audit.subject_release 16 AUDIT",
                        "audit.pickup 1 AUDIT",
                        "flag.discrepancy 2 CONTROL",
                        "flag.review 2 CONTROL",
                        "flag.quality 2 CONTROL",
                        "ctl.release.person 2 CONTROL",
                        "ctl.protect.person 2 CONTROL",
                        "ctl.seed.person 2 HISTORY",
                        "ctl.release.organisation 2 CONTROL",
                        "ctl.protect.organisation 2 CONTROL",
                        "ctl.seed.organisation 2 HISTORY",
                        "ctl.release.place 2 CONTROL",
                        "ctl.protect.place 2 CONTROL",
                        "ctl.seed.place 2 HISTORY",
                        "ctl.release.other 2 CONTROL",
                        "ctl.protect.other 2 CONTROL",
                        "ctl.seed.other 2 HISTORY",
                        "ctl.objection.person 2 CONTROL",
                        "ctl.ruling.person 2 CONTROL",
                        "ctl.identity.person 2 CONTROL",
                        "ctl.apart.person 2 CONTROL",
                        "ctl.objection.organisation 2 CONTROL",
                        "ctl.ruling.organisation 2 CONTROL",
                        "ctl.identity.organisation 2 CONTROL",
                        "ctl.apart.organisation 2 CONTROL");
    }

    @Test
    void everyTopicOfAKindHasTheKindsPartitions() {
        assertThat(plan.datasets().values())
                .allSatisfy(d -> assertThat(d.topic().partitions())
                        .isEqualTo(plan.partitions().get(d.kind())));
        assertThat(plan.bases().values())
                .allSatisfy(b -> assertThat(b.topic().partitions())
                        .isEqualTo(plan.partitions().get(b.kind())));
    }

    @Test
    void anItemIsANullableFieldWithItsChineseName() {
        // Given
        Schema schema = plan.table("hrss.social_insurance_enrolment").schema();
        // When
        Schema.Field base = schema.getField("contribution_base");
        // Then
        assertThat(schema.getFullName()).isEqualTo("io.tongdao.src.hrss.social_insurance_enrolment");
        assertThat(schema.getFields().stream().map(Schema.Field::name))
                .startsWith("personal_si_no", "citizen_id", "full_name")
                .endsWith("division", "mobile");
        assertThat(base.doc()).isEqualTo("缴费基数");
        assertThat(base.hasDefaultValue()).isTrue();
        assertThat(base.schema())
                .hasToString(
                        "[\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":12,\"scale\":2}]");
    }

    @Test
    void aRowOfTwoSubjectsSaysWhichOfThemItIsKeyedBy() {
        // Given
        DatasetPlan marriage = plan.datasets().get("mz.marriage_registration");
        // Then
        assertThat(marriage.subjects()).extracting(SubjectPlan::role).containsExactly("husband", "wife");
        assertThat(marriage.subjects().getLast().claims()).containsEntry("full_name", "wife_name");
        assertThat(marriage.topic().schema().getField(SubjectPlan.ROLE_ITEM)).isNotNull();
        assertThat(marriage.items().get(SubjectPlan.ROLE_ITEM).sourceName()).isEmpty();
        assertThat(plan.datasets().get("ga.household_population").items()).doesNotContainKey(SubjectPlan.ROLE_ITEM);
    }

    @Test
    void aGoldenRecordNamesItsSourcesAndWhatIsDisputed() {
        // Given
        Schema schema = plan.table("base.population").schema();
        // Then
        assertThat(schema.getFullName()).isEqualTo("io.tongdao.base.population");
        assertThat(schema.getFields().stream().map(Schema.Field::name).toList().subList(13, 15))
                .containsExactly("_sources", "_disputed");
        assertThat(schema.getField("_sources").schema().getValueType().getFields().stream()
                        .map(Schema.Field::name))
                .containsExactly("dataset", "pos", "at", "rule");
    }

    @Test
    void aGoldenItemIsAsStrictAsItsStrictestSourceAVerifyingOneIncluded(@TempDir Path directory) throws Exception {
        // Given
        SampleProvince.copy(SampleProvince.DIRECTORY, directory);
        Path mz = directory.resolve("datasets/mz/marriage_registration.yaml");
        String stricter =
                "level: 4, mask: drop, share: {class: withheld, reason: r, citation: {kind: law, name: 法, article:"
                        + " 第一条}}";
        Files.writeString(
                mz,
                Files.readString(mz)
                        .replace(
                                "source_name: nvfxm, type: string(50), level: 2, personal: general, mask: surname,"
                                        + " return_mask: keep",
                                "source_name: nvfxm, type: string(50), " + stricter));
        // When
        BaseItemPlan name = PlanCompiler.compile(Catalogue.load(directory, SampleProvince.ADDRESSES))
                .bases()
                .get("population")
                .items()
                .get("full_name");
        // Then
        BaseItemPlan before = plan.bases().get("population").items().get("full_name");
        assertThat(List.of(before.level(), before.mask(), before.returnMask(), before.share()))
                .isEqualTo(List.of(2, Mask.SURNAME, Mask.KEEP, ShareClass.CONDITIONAL));
        assertThat(List.of(name.level(), name.mask(), name.returnMask(), name.share()))
                .isEqualTo(List.of(4, Mask.DROP, Mask.DROP, ShareClass.WITHHELD));
    }

    @Test
    void aBaseIsReturnedByTheBasesOfItsSourcesAndUsedForTheirCommonPurposes() {
        assertThat(plan.bases().get("population").territories()).isEqualTo(Map.of("hukou", "hukou_division"));
        assertThat(plan.bases().get("population").purposes())
                .containsExactly("medical_insurance", "local_governance", "government_service", "housing");
        assertThat(plan.bases().get("legal_entity").purposes()).isEmpty();
    }

    @Test
    void theSameFilesGiveTheSamePlan() {
        assertThat(SampleProvince.plan()).isEqualTo(plan);
        assertThat(plan.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void addressesAreFilledInAndAForgottenOneIsNamed() {
        // Given
        Map<String, String> some = new HashMap<>(SampleProvince.ADDRESSES);
        some.remove("mariadb.port");
        // Then
        assertThat(plan.sources().get("scjg-db").port()).isEqualTo(3306);
        assertThat(plan.sources().get("ga-db").passwordRef()).isEqualTo("file:/s/ga-db");
        assertThatThrownBy(() -> Catalogue.load(SampleProvince.DIRECTORY, some))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageMatching("(?s).*sources.yaml:\\d+: nothing is given for \\$\\{mariadb.port}.*");
    }

    @Test
    void retiredDivisionsLeadToThoseInForce() {
        assertThat(plan.divisions().within("530121", "530114")).isTrue();
        assertThat(plan.divisions().within("530121", "530100")).isTrue();
        assertThat(plan.divisions().within("530102", "530114")).isFalse();
        assertThat(plan.divisions().names()).hasSize(146);
    }

    @Test
    void aFifthAgencyIsAddedByFilesAlone(@TempDir Path directory) {
        // Given
        SampleProvince.copy(SampleProvince.DIRECTORY, directory);
        SampleProvince.copy(Path.of("../ops/src/test/resources/fifth-agency"), directory);
        // When
        Plan wider = PlanCompiler.compile(Catalogue.load(directory, SampleProvince.ADDRESSES));
        // Then
        assertThat(wider.topics())
                .containsAll(plan.topics())
                .hasSize(plan.topics().size() + 2);
        Topic topic = wider.table("zjj.construction_qualification");
        assertThat(topic.policy()).isEqualTo(Policy.KEYED);
        assertThat(wider.datasets().get("zjj.construction_qualification").kind())
                .isEqualTo(SubjectKind.ORGANISATION);
    }

    @Test
    void aTableOfAnotherCodeIsKeyedByYamlAlone(@TempDir Path directory) {
        // Given
        SampleProvince.copy(SampleProvince.DIRECTORY, directory);
        SampleProvince.copy(Path.of("src/test/resources/catalogue/pgbench"), directory);
        // When
        DatasetPlan accounts = PlanCompiler.compile(Catalogue.load(directory, SampleProvince.ADDRESSES))
                .datasets()
                .get("ga.pgbench_accounts");
        // Then
        assertThat(accounts.kind()).isEqualTo(SubjectKind.OTHER);
        assertThat(Identifier.of(accounts.subjects().getFirst(), accounts.items())
                        .key(1, null, null))
                .isEqualTo(Parsed.valid("other:pgbench_account:1"));
    }

    @Test
    void theCodesOfDocumentsComeFromTheCatalogue() {
        // Given
        DatasetPlan marriages = plan.datasets().get("mz.marriage_registration");
        // When
        Identifier husband = Identifier.of(marriages.subjects().getFirst(), marriages.items());
        // Then
        assertThat(husband.typeItem()).isEqualTo("husband_id_type");
        assertThat(husband.key("12345678", "511", null)).isEqualTo(Parsed.valid("permit:TWN:12345678"));
    }

    @Test
    void theReportNamesEveryDatasetItemOfABaseAndTopic() {
        // When
        String text = PlanReport.text(plan);
        // Then
        assertThat(text).contains(plan.datasets().keySet());
        assertThat(text).contains(plan.topics().stream().map(Topic::name).toList());
        assertThat(text)
                .contains("full_name            ga.household_population, verified by hrss.social_insurance_enrolment");
    }
}
