package io.tongdao.contract.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.catalogue.SampleProvince;
import io.tongdao.contract.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantCheckTest {
    private static final Path CATALOGUE = Path.of("src/test/resources/catalogue/four-agencies");
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Plan PLAN = plan(CATALOGUE);

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
        assertThat(problems.all()).isEmpty();
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
                "yb-enrolment | delivery: [topic, table] | files: {every: day} | delivery names no file",
                "yb-enrolment | delivery: [topic, table] | delivery: [file, verify] | delivery verify stands alone",
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
        assertThat(problems.refused()).anyMatch(p -> p.contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yb-enrolment | consumer: yb | | 数据需求单位 consumer",
                "yb-enrolment | purpose: medical_insurance | purpose: | 使用用途 purpose: one of medical_insurance",
                "yb-enrolment | legal_basis: 医疗保障基金使用监督管理条例第二十三条 | | 使用依据 legal_basis",
                "yb-enrolment | scenario: 职工医保参保资格核验 | scenario: '' | 使用场景 scenario",
                "yb-enrolment | until: 2029-12-31 | | 使用时限 until",
                "yb-enrolment | delivery: [topic, table] | delivery: [] | 共享方式 delivery: [topic, table, database, file, verify]",
                "yb-enrolment | delivery: [topic, table] | delivery: | 共享方式 delivery",
                "yb-enrolment | table: base.population | | 共享数据 table",
                "wuhua-return | item: hukou_division} | item: ''} | 回流地域 territory",
                "wuhua-return | territory: {division: 530102, item: hukou_division} | territory: | 回流地域 territory",
                "yb-enrolment | kind: share | kind: emergency | 突发事件 incident",
            })
    void tellsWhatThePapersLack(String name, String text, String instead, String lacking) throws IOException {
        // Given
        Grant grant = read(name, text, instead);
        // When
        var findings = GrantCheck.check(PLAN, grant, Set.of());
        // Then
        assertThat(findings.refused()).isEmpty();
        assertThat(findings.missing()).singleElement().asString().startsWith(lacking);
    }

    @Test
    void tellsAllThatIsMissingAtOnce() throws IOException {
        // Given
        Path bare = Files.writeString(dir.resolve("bare.yaml"), "grant: bare\nkind: emergency\nitems:\n");
        // When
        var findings = GrantCheck.check(PLAN, GrantFile.read(bare, "test", NOW), Set.of());
        // Then
        assertThat(findings.refused()).isEmpty();
        assertThat(findings.missing())
                .extracting(line -> line.split("[ :]")[1])
                .containsExactly(
                        "consumer",
                        "table",
                        "items",
                        "purpose",
                        "legal_basis",
                        "scenario",
                        "until",
                        "delivery",
                        "incident");
    }

    @Test
    void refusesNothingForWhatIsStillToCome() throws IOException {
        // Given
        String yaml = "grant: bare\nkind: return\ntable: base.population\nkey: clear\ndelivery: [database]\n";
        Path bare = Files.writeString(dir.resolve("bare.yaml"), yaml);
        // When
        var findings = GrantCheck.check(PLAN, GrantFile.read(bare, "test", NOW), Set.of());
        // Then
        assertThat(findings.refused()).isEmpty();
        assertThat(findings.missing()).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: open | published as a checked snapshot, not granted: see ./tongdao open",
                "kind: operate | authorised operation (授权运营, art. 47) is reserved",
            })
    void takesNoApplicationOfOtherKinds(String kind, String reason) throws IOException {
        // Given
        Grant grant = read("yb-enrolment", "kind: share", kind + "\nincident: none of this is judged");
        // When
        var findings = GrantCheck.check(PLAN, grant, Set.of());
        // Then
        assertThat(findings.all()).singleElement().asString().contains(reason);
    }

    @Test
    void allowsAnEmergencyForItsIncidentAndForNothingElse() throws IOException {
        // Given
        Grant emergency = read("yb-enrolment", "kind: share", "kind: emergency\nincident: 2026-quake-3");
        Grant share = read("yb-enrolment", "kind: share", "kind: share\nincident: 2026-quake-3");
        // When / Then
        assertThat(GrantCheck.check(PLAN, emergency, Set.of()).all()).isEmpty();
        assertThat(emergency.topic()).isEqualTo("share.yb.yb-enrolment.e1");
        assertThat(GrantCheck.check(PLAN, share, Set.of()).refused())
                .singleElement()
                .asString()
                .contains("only an emergency has one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | | mask keep of item mobile is looser than the catalogue's phone3_4",
                "{by: hrss, document: 函8号, on: 2026-03-02} | |",
                "{by: [hrss], document: 函8号, on: 2026-03-02} | |",
                "{by: ga, document: 函8号, on: 2026-03-02} | consent.mobile.by: also hrss | consent for item mobile: ga does not",
                "{by: hrss, on: 2026-03-02} | consent.mobile.document |",
                "{by: hrss, document: 函8号} | consent.mobile.on |",
                "{document: 函8号, on: 2026-03-02} | consent.mobile.by: also hrss |",
            })
    void loosensAMaskOnlyWithItsProvidersConsent(String consent, String missing, String refused) throws IOException {
        // Given
        String more = consent == null ? "" : "\nconsent: {mobile: " + consent + "}";
        Grant grant = read("yb-enrolment", "mobile: phone3_4", "mobile: keep" + more);
        // When
        var findings = GrantCheck.check(PLAN, grant, Set.of());
        // Then
        says(findings.missing(), missing);
        says(findings.refused(), refused);
    }

    @Test
    void asksEachProviderOfAnItemForItsConsent() throws IOException {
        // Given
        Plan shipped = SampleProvince.shipped();
        Grant one = named("hrss");
        Grant all = named("[ga, hrss]");
        // When / Then
        assertThat(GrantTable.of(shipped, one.table())
                        .items()
                        .get("registered_name")
                        .providers())
                .containsExactly("ga", "hrss");
        says(GrantCheck.check(shipped, one, Set.of()).missing(), "consent.registered_name.by: also ga");
        assertThat(GrantCheck.check(shipped, all, Set.of()).all()).isEmpty();
    }

    @Test
    void noConsentOpensWhatIsWithheld() throws IOException {
        // Given
        Plan withheld = planWith(
                "datasets/hrss/social_insurance_enrolment.yaml",
                "label: 手机号码,",
                "label: 手机号码, share: {class: withheld, reason: 试验, citation: {kind: law, name: 统计法, article: 第二十八条}},");
        Grant grant = read(
                "yb-enrolment",
                "mobile: phone3_4",
                "mobile: keep\nconsent: {mobile: {by: hrss, document: 函8号, on: 2026-03-02}}");
        // When
        var findings = GrantCheck.check(withheld, grant, Set.of());
        // Then
        says(
                findings.refused(),
                "item mobile is withheld from sharing (art. 31): ask for verification instead (art. 33)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | 重要数据评估 assessment: {document |",
                "{document: 评1号, result: acceptable, on: 2026-03-01, until: 2030-01-01} | |",
                "{document: 评1号, result: acceptable, on: 2026-03-01, until: 2029-12-31} | |",
                "{document: 评1号, result: acceptable, on: 2026-03-01, until: 2029-12-30} | | run beyond its assessment",
                "{document: 评1号, result: doubtful, on: 2026-03-01, until: 2030-01-01} | | the assessment's result is doubtful",
                "{result: acceptable, on: 2026-03-01, until: 2030-01-01} | assessment.document |",
                "{document: 评1号, on: 2026-03-01, until: 2030-01-01} | assessment.result |",
                "{document: 评1号, result: acceptable, until: 2030-01-01} | assessment.on |",
                "{document: 评1号, result: acceptable, on: 2026-03-01} | assessment.until |",
            })
    void importantDataIsAssessedForEachGrant(String assessment, String missing, String refused) throws IOException {
        // Given
        Plan important = planWith(
                "datasets/ga/household_population.yaml",
                "class: personal_identity",
                "class: personal_identity\ngrade: important");
        Grant grant = read(
                "yb-enrolment", "key: token", "key: token" + (assessment == null ? "" : "\nassessment: " + assessment));
        // When
        var findings = GrantCheck.check(important, grant, Set.of());
        // Then
        says(findings.missing(), missing);
        says(findings.refused(), refused);
    }

    @Test
    void whatIsLeftOutHasItsUsualValue() throws IOException {
        // Given
        Grant whole = read("yb-enrolment", "key: token", "bytes_per_second: 2048");
        Grant bare = read("yb-enrolment", "from: 2026-01-01", "");
        // When / Then
        assertThat(whole.key()).isEqualTo(Grant.KeyForm.TOKEN);
        assertThat(whole.terms().bytesPerSecond()).isEqualTo(2048);
        assertThat(bare.terms().bytesPerSecond()).isEqualTo(10_485_760);
        assertThat(bare.from()).isEqualTo(NOW);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delivery: [file] | DAY, CSV, true, 7",
                "delivery: [topic, file]; files: {every: demand, sealed: false} | DEMAND, CSV, false, 7",
                "delivery: [file, table]; files: {format: parquet, keep: P30D} | DAY, PARQUET, true, 30",
            })
    void whatAGrantLeavesOutOfItsFilesIsAsTheTermsSay(String delivery, String expected) throws IOException {
        // When
        Grant grant = read("yb-enrolment", "delivery: [topic, table]", delivery.replace("; ", "\n"));
        // Then
        assertThat(GrantCheck.check(PLAN, grant, Set.of()).all()).isEmpty();
        assertThat(String.valueOf(grant.terms().files()).replaceAll("FileTerms\\[|\\w+=|]", ""))
                .isEqualTo(expected);
    }

    @Test
    void theSampleOfFilesIsSound() {
        // Given
        Grant sample = GrantFile.read(Path.of("../ops/catalogue/grants/yb-files.yaml"), "test", NOW);
        // When
        var findings = GrantCheck.check(SampleProvince.shipped(), sample, Set.of());
        // Then
        assertThat(findings.all()).isEmpty();
        assertThat(sample.readFromTopic()).isFalse();
    }

    @Test
    void tellsWhatIsWrongWithFiles() throws IOException {
        // Given
        String files = "delivery: [file]\nfiles: {every: week, format: xls, sealed: yes, keep: P2Y, at: noon}";
        Path file = changed("yb-enrolment", "delivery: [topic, table]", files);
        // When / Then
        assertThatThrownBy(() -> GrantFile.read(file, "test", NOW))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining("\"every\" of files of grant can't be \"week\"")
                .hasMessageContaining("\"format\" of files of grant can't be \"xls\"")
                .hasMessageContaining("\"keep\" is no number of days up to 366: write P7D")
                .hasMessageContaining("\"at\"");
    }

    @Test
    void tellsEveryMistakeOfAFileAtOnce() throws IOException {
        // Given
        Path file = dir.resolve("bad.yaml");
        Files.writeString(
                file,
                "grant: x\nkind: gift\nconsumr: yb\nitems: {full_name: surnam}\nfrom: tomorrow\nbytes_per_second: -1\nconsent: {a: {on: soon}}\n");
        // When / Then
        assertThatThrownBy(() -> GrantFile.read(file, "test", NOW))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining("bad.yaml:2: ")
                .hasMessageContaining("did you mean \"consumer\"")
                .hasMessageContaining("did you mean \"surname\"")
                .hasMessageContaining("bad.yaml:5: ")
                .hasMessageContaining("bad.yaml:6: ")
                .hasMessageContaining("\"on\" is no date");
    }

    /** Exactly one line that contains the text, or none where there is no text. */
    private static void says(List<String> lines, String text) {
        assertThat(lines).hasSize(text == null ? 0 : 1).allMatch(line -> line.contains(text));
    }

    private Grant read(String name, String text, String instead) throws IOException {
        return GrantFile.read(changed(name, text, instead == null ? "" : instead), "test", NOW);
    }

    /** Whole names of a thematic table, to which these agencies consent. */
    private Grant named(String by) throws IOException {
        Path file = changed("yb-enrolment", "table: base.population", "table: theme.social_security.enrolments");
        String purpose = Files.readString(file).replace("medical_insurance", "government_service");
        String text = purpose.replaceAll("(?s)items:.*key: token", """
                items: {registered_name: keep}
                consent: {registered_name: {by: %s, document: 函9号, on: 2026-03-02}}""".formatted(by));
        return GrantFile.read(Files.writeString(file, text), "test", NOW);
    }

    private Plan planWith(String file, String text, String instead) throws IOException {
        Path copy = dir.resolve("catalogue");
        try (Stream<Path> files = Files.walk(CATALOGUE)) {
            for (Path from : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(CATALOGUE.relativize(from).toString());
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
        String original = Files.readString(copy.resolve(file));
        assertThat(original).contains(text);
        Files.writeString(copy.resolve(file), original.replace(text, instead));
        return plan(copy);
    }

    private Path changed(String name, String text, String instead) throws IOException {
        String original = Files.readString(CATALOGUE.resolve("grants/" + name + ".yaml"));
        assertThat(original).contains(text);
        return Files.writeString(dir.resolve(name + ".yaml"), original.replace(text, instead));
    }

    private static Grant sample(String name) {
        return GrantFile.read(CATALOGUE.resolve("grants/" + name + ".yaml"), "test", NOW);
    }

    private static Plan plan(Path catalogue) {
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
        return PlanCompiler.compile(Catalogue.load(catalogue, variables));
    }
}
