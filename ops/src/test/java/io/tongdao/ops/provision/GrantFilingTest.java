package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantStep;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.GrantLives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Incomplete papers are told once and wait; only what is forbidden is refused (art. 33). */
class GrantFilingTest {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final Plan PLAN = plan();
    private static final GrantFiling FILING = new GrantFiling(PLAN, NOW, (grant, at) -> List.of());

    @TempDir
    private Path dir;

    @Test
    void whatIsMissingIsToldAtOnceAndFiledAgainItGoesOn() throws IOException {
        // Given
        Grant lacking = read("(purpose|scenario|until):[^\n]*\n", "");
        // When
        Grant incomplete = FILING.judged(lacking, null);
        Grant filed = FILING.judged(read("", ""), incomplete);
        // Then
        assertThat(incomplete.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(incomplete.last().by()).isEqualTo("clerk");
        assertThat(incomplete.last().reason())
                .startsWith("一次性告知 missing: 使用用途 purpose: ")
                .contains("; 使用场景 scenario: ", "; 使用时限 until: ");
        assertThat(filed.steps()).extracting(GrantStep::status).containsExactly(Status.INCOMPLETE, Status.FILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "until: 2029-12-31 | until: 2026-02-01 | until lies in the past",
                "mobile: phone3_4 | mobile: last4 | mask last4 of item mobile is looser",
                "purpose: medical_insurance | purpose: taxation | not one that the providers",
                "filter: enrol_status == .1. | filter: enrolled | filter",
                "key: token | 'key: token\nconsent: {mobile: {by: hrss, document: 函, on: 2026-12-01}}' | is dated 2026-12-01",
                "key: token | 'key: token\nassessment: {on: 2026-12-02}' | the assessment is dated 2026-12-02",
                "delivery: .topic, table. | delivery: [database] | take database out",
            })
    void whatIsForbiddenIsRefused(String text, String instead, String reason) throws IOException {
        // Given
        Grant grant = read(text, instead.replace("\\n", "\n"));
        // When / Then
        assertThatThrownBy(() -> FILING.judged(grant, null))
                .isInstanceOf(GrantRefused.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aRefusalTellsWhatIsMissingToo() throws IOException {
        // Given
        Grant grant = read("(?s)mobile: phone3_4(.*)scenario: [^\n]*", "mobile: keep$1");
        // When / Then
        assertThatThrownBy(() -> FILING.judged(grant, null))
                .hasMessageContaining("mobile is looser")
                .hasMessageContaining("also missing: 使用场景 scenario");
    }

    @Test
    void whatIsOpenedIsRefusedInOneLine() throws IOException {
        // Given
        Grant grant = read("kind: share", "kind: open");
        // When / Then
        assertThatThrownBy(() -> FILING.judged(grant, null))
                .hasMessageContaining("see ./tongdao open")
                .matches(e -> ((GrantRefused) e).problems().size() == 1);
    }

    @ParameterizedTest
    @CsvSource({"APPROVED,yb", "ACTIVE,yb", "WITHDRAWN,yb", "FILED,mz"})
    void anIdIsTakenByWhoeverIsBoundByIt(Status status, String consumer) throws IOException {
        // Given
        Grant known = GrantLives.reached(of(consumer), status);
        Grant again = read("", "");
        // When / Then
        assertThatThrownBy(() -> FILING.judged(again, known)).hasMessageContaining("file under another id");
    }

    private Grant of(String consumer) throws IOException {
        return consumer.equals("yb") ? read("", "") : read("consumer: yb", "consumer: " + consumer);
    }

    /** The sample's share with what matches replaced. */
    private Grant read(String matching, String instead) throws IOException {
        String text = Files.readString(ReleaseRoom.CATALOGUE.resolve("grants/yb-enrolment.yaml"));
        String changed = matching.isEmpty() ? text : text.replaceAll(matching, instead);
        assertThat(changed.equals(text)).isEqualTo(matching.isEmpty());
        return GrantFile.read(Files.writeString(dir.resolve("grant.yaml"), changed), "clerk", NOW);
    }

    private static Plan plan() {
        Map<String, String> nowhere = Map.of(
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
        return PlanCompiler.compile(Catalogue.load(ReleaseRoom.CATALOGUE, nowhere));
    }
}
