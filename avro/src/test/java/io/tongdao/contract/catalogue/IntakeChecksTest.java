package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tongdao.contract.catalogue.CatalogueLoader.Loaded;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Inbox;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.PlanReport;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample with a dataset that comes by files and one that stays with its agency. */
class IntakeChecksTest {
    private static final Path ADDITION = Path.of("src/test/resources/catalogue/files-and-logical");
    private static final String FILES = "datasets/yb/medical_enrolment.yaml";
    private static final String LOGICAL = "datasets/mz/adoption_registration.yaml";
    private static final String INBOX = "inboxes/yb.yaml";

    @TempDir
    Path directory;

    @BeforeEach
    void copySample() {
        SampleProvince.copy(SampleProvince.DIRECTORY, directory);
        SampleProvince.copy(ADDITION, directory);
    }

    @Test
    void filesCompileToTheSameTopicAsATableWould() {
        // Given
        Plan plan = plan();
        // When
        DatasetPlan dataset = plan.datasets().get("yb.medical_enrolment");
        // Then
        assertThat(dataset.topic().name()).isEqualTo("src.yb.medical_enrolment");
        assertThat(dataset.intake())
                .isEqualTo(new Intake.Files(
                        "yb-inbox", Intake.Format.CSV, Intake.Encoding.GB18030, "\\N", '\t', List.of("YBBH")));
        assertThat(plan.inboxes()).containsEntry("yb-inbox", new Inbox("yb-inbox", "yb", "/in/yb"));
        assertThat(plan.filed("yb-inbox")).containsExactly(dataset);
        assertThat(plan.captured()).extracting("name").doesNotContain("yb-inbox");
    }

    @Test
    void aLogicalDatasetIsNowhereButAtItsSource() {
        // Given
        Plan plan = plan();
        // When
        List<String> topics = plan.topics().stream().map(Topic::name).toList();
        // Then
        assertThat(plan.logical()).containsOnlyKeys("mz.adoption_registration");
        assertThat(plan.datasets()).doesNotContainKey("mz.adoption_registration");
        assertThat(topics).noneMatch(topic -> topic.contains("adoption"));
        assertThat(PlanReport.text(plan))
                .contains("mz.adoption_registration")
                .contains("asked at the source")
                .doesNotContain("src_mz.adoption_registration");
    }

    @Test
    void aConnectionThatOnlyAnswersVerificationIsNotCaptured() throws IOException {
        // Given
        Path sources = directory.resolve("sources.yaml");
        Files.writeString(sources, Files.readString(sources) + """
                mz-archive:
                  {agency: mz, engine: postgresql, host: h, port: 5432, database: d, user: u, password: "env:P"}
                """);
        replace(LOGICAL, "connection: mz-db", "connection: mz-archive");
        // When
        Plan plan = plan();
        // Then
        assertThat(plan.sources()).containsKey("mz-archive");
        assertThat(plan.captured()).extracting("name").contains("mz-db").doesNotContain("mz-archive");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(FILES, "inbox: yb-inbox", "inbox: yb-inbx", "ref.inbox", "yb-inbx"),
                arguments(FILES, "file: csv", "file: xlsx", "value.word", "xlsx"),
                arguments(FILES, "encoding: gb18030", "encoding: gbk18030", "value.word", "gbk18030"),
                arguments(FILES, "separator: tab", "separator: '#'", "value.word", "separator: '#'"),
                arguments(FILES, "key: [YBBH]", "key: [YB BH]", "id.form", "YB BH"),
                arguments(FILES, "file: csv,", "", "key.missing", "source:"),
                arguments(FILES, "inbox: yb-inbox", "inbox: yb-inbox, table: a.b", "key.unknown", "table: a.b"),
                arguments(FILES, "file: csv", "file: parquet", "key.unknown", null),
                arguments(INBOX, "agency: yb", "agency: mz", "inbox.agency", null),
                arguments(INBOX, "agency: yb", "agency: ybb", "ref.agency", null),
                arguments(INBOX, "yb-inbox: ", "Yb_inbox: ", "id.form", null),
                arguments(INBOX, "yb-inbox:", "old: {agency: yb, directory: /elsewhere}\nyb-inbox:", "unused", "old:"),
                arguments(LOGICAL, "methods: [verify]", "methods: [topic, verify]", "logical.share", "share:"),
                arguments(LOGICAL, "collect: logical", "collect: logicaly", "value.word", "logicaly"),
                arguments(
                        LOGICAL,
                        "update: irregular",
                        "update: irregular\nterritory: {hukou: adoptee_id}",
                        "logical.return",
                        null),
                arguments(FILES, "update: monthly", "update: monthly\ncollect: logical", "logical.files", null),
                arguments(
                        "base/population.yaml",
                        "  mobile: ",
                        "  reg_date: {source_of_record: mz.adoption_registration}\n  mobile: ",
                        "logical.source",
                        "reg_date:"));
    }

    @ParameterizedTest(name = "{3}: {2}")
    @MethodSource("mistakes")
    void oneMistakeIsToldWhereItIs(String file, String find, String replacement, String code, String line)
            throws IOException {
        // Given
        replace(file, find, replacement);
        // When
        List<Problem> found = SampleProvince.problems(directory);
        // Then
        assertThat(found).extracting(Problem::code).contains(code);
        if (line != null) {
            List<String> lines = Files.readAllLines(directory.resolve(file));
            assertThat(found).hasSize(1);
            assertThat(lines.get(found.getFirst().line() - 1)).contains(line);
        }
    }

    private void replace(String file, String find, String replacement) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(find);
        Files.writeString(path, text.replace(find, replacement));
    }

    private Plan plan() {
        Map<String, String> variables = new HashMap<>(SampleProvince.ADDRESSES);
        variables.put("inboxes", "/in");
        return switch (CatalogueLoader.load(directory, variables)) {
            case Loaded.Whole whole -> PlanCompiler.compile(whole.catalogue());
            case Loaded.Refused refused -> throw new CatalogueRefused(refused.problems());
        };
    }
}
