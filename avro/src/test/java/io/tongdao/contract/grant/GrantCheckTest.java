package io.tongdao.contract.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantCheckTest {
    private static final Path CATALOGUE = Path.of("src/test/resources/catalogue/four-agencies");
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Plan PLAN = plan();

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"yb-enrolment", "wuhua-return"})
    void allowsTheSamples(String name) {
        // Given
        Grant grant = sample(name);
        // When
        var problems = GrantCheck.check(PLAN, grant, Set.of());
        // Then
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yb-enrolment | mobile: phone3_4 | mobile: last4 | mask last4 of item mobile is looser",
                "yb-enrolment | full_name: surname | full_name: keep | use surname, drop",
                "yb-enrolment | full_name: surname | full_nam: surname | no item full_nam",
                "yb-enrolment | birth_date: year | birth_date: surname | does not fit item birth_date",
                "yb-enrolment | key: token | key: clear | citizen_id granted with mask keep",
                "yb-enrolment | purpose: medical_insurance | purpose: marketing | no closed code",
                "yb-enrolment | purpose: medical_insurance | purpose: taxation | not one that the providers",
                "yb-enrolment | until: 2029-12-31 | until: 2025-12-31 | until must lie after from",
                "yb-enrolment | consumer: yb | consumer: nobody | no agency",
                "yb-enrolment | table: base.population | table: base.people | no table base.people",
                "wuhua-return | division: 530102 | division: 530103 | does not lie in the division of kunming-wuhua",
                "wuhua-return | item: hukou_division | item: full_name | is no division code",
                "wuhua-return | citizen_id: keep | citizen_id: id6_4 | about 33 candidates",
            })
    void refusesAndSaysWhatToDo(String name, String text, String instead, String problem) throws IOException {
        // Given
        Grant grant = GrantFile.read(changed(name, text, instead), "test", NOW);
        // When
        var problems = GrantCheck.check(PLAN, grant, Set.of());
        // Then
        assertThat(problems).anyMatch(p -> p.contains(problem));
    }

    @Test
    void asksEveryProviderBehindItemsFilterAndTerritory() {
        // When
        Set<String> behind = GrantCheck.providers(PLAN, sample("yb-enrolment"), Set.of("enrol_status"));
        // Then
        assertThat(behind).contains("ga", "hrss", "mz");
        assertThat(GrantCheck.missingApprovals(PLAN, sample("yb-enrolment").approvedFor("ga", "x", NOW), Set.of()))
                .containsExactly("hrss", "mz");
    }

    @Test
    void compilesTheSameWhateverTheOrderOfItems() {
        // Given
        GrantPlan plan = GrantPlan.compile(PLAN, sample("yb-enrolment"));
        // When
        Schema schema = plan.topic().schema();
        // Then
        assertThat(schema.getFields().stream().map(Schema.Field::name))
                .containsExactly(
                        "full_name",
                        "gender_code",
                        "birth_date",
                        "hukou_division",
                        "marital_status",
                        "employer_uscc",
                        "enrol_status",
                        "mobile",
                        "_disputed",
                        "_withheld");
        assertThat(schema.getFullName()).isEqualTo("io.tongdao.share.yb.yb_enrolment");
        assertThat(schema.getField("birth_date").schema().getTypes().get(1).getType())
                .isEqualTo(Schema.Type.INT);
        assertThat(plan.topic().name()).isEqualTo("share.yb.yb-enrolment.e1");
    }

    @Test
    void tellsEveryMistakeOfAFileAtOnce() throws IOException {
        // Given
        Path file = dir.resolve("bad.yaml");
        Files.writeString(file, "grant: x\nkind: gift\nconsumr: yb\nitems: {full_name: surnam}\nfrom: tomorrow\n");
        // When / Then
        assertThatThrownBy(() -> GrantFile.read(file, "test", NOW))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining("bad.yaml:2: ")
                .hasMessageContaining("did you mean \"consumer\"")
                .hasMessageContaining("did you mean \"surname\"")
                .hasMessageContaining("bad.yaml:5: ");
    }

    @Test
    void survivesItsFormat() {
        // Given
        Grant grant = sample("wuhua-return");
        // When
        Grant read = GrantCodec.GRANT.decode(GrantCodec.GRANT.encode(grant));
        // Then
        assertThat(read).isEqualTo(grant);
        assertThatThrownBy(() -> GrantCodec.GRANT.decode(new byte[] {2, '{', '}'}))
                .hasMessageContaining("newer");
    }

    private Path changed(String name, String text, String instead) throws IOException {
        String original = Files.readString(CATALOGUE.resolve("grants/" + name + ".yaml"));
        assertThat(original).contains(text);
        return Files.writeString(dir.resolve(name + ".yaml"), original.replace(text, instead));
    }

    private static Grant sample(String name) {
        return GrantFile.read(CATALOGUE.resolve("grants/" + name + ".yaml"), "test", NOW);
    }

    private static Plan plan() {
        Map<String, String> variables = Map.of(
                "postgresql.host",
                "none",
                "postgresql.port",
                "1",
                "mariadb.host",
                "none",
                "mariadb.port",
                "1",
                "secrets",
                "none");
        return PlanCompiler.compile(Catalogue.load(CATALOGUE, variables));
    }
}
