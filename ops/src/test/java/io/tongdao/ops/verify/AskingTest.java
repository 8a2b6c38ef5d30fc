package io.tongdao.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.system.CatalogueCopies;
import io.tongdao.release.ReleaseCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be verified, how values are compared, and how much an answer says, on a catalogue as agencies write it. */
class AskingTest {
    private static final Path SOUND = Path.of("../avro/src/test/resources/catalogue/sound");
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final String ADULT = "530102199003071238";
    private static final String APPLICATION = """
            grant: v
            kind: share
            consumer: yb
            table: base.population
            items: {full_name: drop, birth_date: drop, hukou_division: drop, gender_code: drop, enrol_status: drop}
            filter: ""
            purpose: medical_insurance
            legal_basis: 第三十三条
            scenario: 核实
            until: 2029-12-31
            delivery: [verify]
            """;

    @TempDir
    static Path dir;

    private static Plan plan;

    @BeforeAll
    static void compile() throws Exception {
        Path catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(SOUND, catalogue);
        CatalogueCopies.edit(
                catalogue.resolve("datasets/hrss/social_insurance_enrolment.yaml"),
                text -> text + "membership: sensitive\n");
        CatalogueCopies.edit(
                catalogue.resolve("datasets/ga/household_population.yaml"),
                text -> text.replace(
                        "article: 第二十八条}}}",
                        "article: 第二十八条}, verify: {use: allowed, citation: {kind: law, name: 中华人民共和国居民身份证法, article: 第六条}}}}"));
        plan = PlanSource.compileToRead(catalogue);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delivery: [verify] | delivery: [verify, topic] | delivery verify stands alone",
                "full_name: drop | full_name: surname | write full_name: drop",
                "kind: share | kind: return | a return hands rows back",
            })
    void whatIsNoVerificationIsRefused(String text, String instead, String problem) {
        assertThat(ReleaseCheck.findings(plan, grant(APPLICATION.replace(text, instead)))
                        .refused())
                .anyMatch(line -> line.contains(problem));
    }

    @Test
    void whatIsWithheldIsVerifiedOnlyWhereItsEntryCitesWhatAllowsIt() {
        // Given
        String photo = APPLICATION
                .replaceAll("items: .*", "items: {photo_digest: drop}")
                .replace("base.population", "ga.household_population");

        // When, Then
        assertThat(ReleaseCheck.findings(plan, grant(APPLICATION)).all()).isEmpty();
        assertThat(ReleaseCheck.findings(plan, grant(photo)).all()).isEmpty();
        assertThat(ReleaseCheck.findings(plan, grant(photo.replace("[verify]", "[topic]")))
                        .refused())
                .anyMatch(line -> line.contains("photo_digest is withheld from sharing"));
        assertThat(ReleaseCheck.findings(PlanSource.compileToRead(SOUND), grant(photo))
                        .refused())
                .anyMatch(line -> line.contains("verify: {use: allowed"));
        assertThat(Asking.hidden(plan, grant(photo))).containsEntry("photo_digest", true);
    }

    @Test
    void whereMembershipIsSensitiveAnAnswerHidesItAndAFilterHidesAll() {
        // When
        Map<String, Boolean> hidden = Asking.hidden(plan, grant(APPLICATION));
        Map<String, Boolean> filtered =
                Asking.hidden(plan, grant(APPLICATION.replace("filter: \"\"", "filter: enrol_status == '1'")));

        // Then
        assertThat(hidden).containsEntry("enrol_status", true).containsEntry("full_name", false);
        assertThat(filtered.values()).containsOnly(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "full_name      | 张三            | matches",
                "full_name      | " + "\"　张 三 \"" + "     | matches",
                "full_name      | 张四            | differs",
                "birth_date     | 1990-03-07      | matches",
                "birth_date     | 1990-03-08      | differs",
                "hukou_division | 530102          | matches",
                "hukou_division | 530103          | differs",
                "gender_code    | 1               | matches",
                "enrol_status   | 1               | match",
                "enrol_status   | 2               | no_match",
            })
    void valuesAreComparedAsReconciliationComparesThem(String item, String stated, String word) {
        // Given
        Asking asking = asking(APPLICATION);

        // When
        var found = asking.compare(asking.read(0, new Question(ADULT, Map.of(item, stated))), List.of(zhang("1")));

        // Then
        assertThat(found.words()).isEqualTo(Map.of(item, word));
    }

    @Test
    void ofSeveralRowsOneSpeaksAndWhoIsNotHeldIsTold() {
        // Given
        Asking asking = asking(APPLICATION);
        var asked = asking.read(
                0, new Question(ADULT, Map.of("full_name", "李四", "birth_date", "1990-03-07", "enrol_status", "1")));
        GenericRecord other = zhang("9");
        other.put("full_name", "李四");
        other.put("birth_date", null);
        other.put("_disputed", List.of("full_name", "mobile"));

        // When
        var none = asking.compare(asked, List.of());
        var two = asking.compare(asked, List.of(zhang("2"), other));

        // Then
        assertThat(none.words())
                .isEqualTo(Map.of("full_name", "not_held", "birth_date", "not_held", "enrol_status", "no_match"));
        assertThat(two.words())
                .as("the first row that agrees most")
                .isEqualTo(Map.of("full_name", "differs", "birth_date", "matches", "enrol_status", "no_match"));
        assertThat(asking.compare(asked, List.of(other)).disputed()).containsExactly("full_name");
    }

    @Test
    void ofAChildNothingTellsWhetherItIsHeld() {
        // Given
        Asking asking = asking(APPLICATION);
        String child = "530102202003071236";

        // When
        var found = asking.compare(
                new Asking.Asked(SubjectKind.PERSON, valid(child), Map.of("full_name", "张三", "birth_date", 1)),
                List.of(zhang("1")));

        // Then
        assertThat(found.words()).isEqualTo(Map.of("full_name", "match", "birth_date", "no_match"));
    }

    @ParameterizedTest
    @CsvSource({
        "1234, full_name, 张三, 标识不合规",
        ADULT + ", mobile, 1, 数据项未授权",
        ADULT + ", birth_date, 1990-13-01, birth_date is no value of its type",
        ADULT + ", full_name, ' ', full_name is no value of its type"
    })
    void aQuestionThatCantBeAskedSaysWhereAndNotWhat(String subject, String item, String stated, String problem) {
        assertThatThrownBy(() -> asking(APPLICATION).read(0, new Question(subject, Map.of(item, stated))))
                .isInstanceOf(VerifyRefused.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("第 1 个")
                .hasMessageNotContainingAny(ADULT, "1990-13", "张三");
    }

    /** With its right check digit. */
    private static String valid(String number) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (number.charAt(i) - '0') * weights[i];
        }
        return number.substring(0, 17) + "10X98765432".charAt(sum % 11);
    }

    private static GenericRecord zhang(String enrolled) {
        Schema schema = plan.bases().get("population").topic().schema();
        GenericRecord row = new GenericData.Record(schema);
        row.put("full_name", "张三");
        row.put("birth_date", (int) LocalDate.of(1990, 3, 7).toEpochDay());
        row.put("hukou_division", "530102");
        row.put("gender_code", "1");
        row.put("enrol_status", enrolled);
        row.put(BasePlan.DISPUTED, List.of());
        return row;
    }

    private static Asking asking(String application) {
        return new Asking(plan, grant(application), new WireFormat(registry()), NOW);
    }

    private static MockSchemaRegistryClient registry() {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        try {
            var topic = plan.bases().get("population").topic();
            registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return registry;
    }

    private static Grant grant(String application) {
        return GrantFile.read("file", application, "test", NOW, FilePlan.DEFAULT);
    }
}
