package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Protection.Ground;
import io.tongdao.contract.protect.Protection.Of;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.Explanation.Change;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Testimony;
import io.tongdao.reconcile.rule.Testimony.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explain tells of a subject beside its golden record; that itself is held against what stands in {@link ReconcileCasesTest}. */
class ExplainerTest {
    private static final String SUBJECT = "530102199003071238";
    private static final String OTHER = "530102198801011225";
    private static final String HOUSEHOLD = "src.ga.household_population";
    private static final String INSURANCE = "src.hrss.social_insurance_enrolment";
    private static final Set<String> POLICE = Set.of(SampleProvince.HOUSEHOLD);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    private ReconcileDriver driver;
    private int commit;

    @BeforeEach
    void start() {
        driver = new ReconcileDriver(state);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void everyClaimSaysHowItStandsToWhatIsServed() throws IOException {
        // Given
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\",\"birth_date\":7370,\"hukou_address\":\"一号\"}");
        say(INSURANCE, SUBJECT, "{\"full_name\":\"张 三\",\"birth_date\":7371,\"hukou_address\":\"二号\"}");

        // When
        Explanation explanation = driver.explain(SubjectKind.PERSON, SUBJECT);

        // Then
        assertThat(standings(explanation, "full_name")).containsExactly("ga SERVED", "hrss AGREES");
        assertThat(standings(explanation, "birth_date")).containsExactly("ga SERVED", "hrss DIFFERS");
        assertThat(standings(explanation, "hukou_address")).containsExactly("ga SERVED", "hrss NOT_COMPARED");
        assertThat(explanation.records().getFirst().golden().disputed()).containsExactly("birth_date");
        assertThat(explanation.exact()).isTrue();
    }

    @Test
    void changesAreToldWithWhatWasBeforeAndWhoMadeThem() throws IOException {
        // Given
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\",\"hukou_address\":\"一号\"}");
        say(INSURANCE, SUBJECT, "{\"mobile\":\"13300000000\"}");
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张叁\",\"hukou_address\":\"一号\"}");
        say(HOUSEHOLD, OTHER, "{\"full_name\":\"李四\"}");
        say(INSURANCE, SUBJECT, "null");

        // When
        List<Change> changes = driver.explain(SubjectKind.PERSON, SUBJECT).changes();

        // Then
        assertThat(changes)
                .extracting(ExplainerTest::told)
                .containsExactly(
                        "ga full_name null>张三",
                        "ga hukou_address null>一号",
                        "hrss mobile null>13300000000",
                        "ga full_name 张三>张叁",
                        "hrss mobile 13300000000>null");
    }

    @Test
    void whatTheSourceRepeatsIsNoChange() throws IOException {
        // Given
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\"}");
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\"}");

        // When, then
        assertThat(driver.explain(SubjectKind.PERSON, SUBJECT).changes()).hasSize(1);
    }

    @Test
    void aProvidersRowsAreItsOwn() throws IOException {
        // Given
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\"}");
        say(INSURANCE, SUBJECT, "{\"full_name\":\"李四\"}");
        say(INSURANCE, OTHER, "{\"full_name\":\"王五\"}");

        // When
        List<Claim> rows = driver.log(SubjectKind.PERSON, SUBJECT).rows(Set.of(SampleProvince.INSURANCE), true);

        // Then
        assertThat(rows).extracting(claim -> claim.items().get("full_name")).containsExactly("李四");
    }

    @Test
    void whoeverNobodyKnowsIsExplainedAsNobody() {
        // When
        Explanation explanation = driver.explain(SubjectKind.PERSON, SUBJECT);

        // Then
        assertThat(explanation.records()).allMatch(record -> !record.golden().exists());
        assertThat(explanation.changes()).isEmpty();
        assertThat(explanation.exact()).isTrue();
    }

    @Test
    void whatLeavesNoTraceIsSeenByItsIssuerAlone() throws IOException {
        // Given
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\"}");
        say(INSURANCE, SUBJECT, "{\"full_name\":\"李四\"}");
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张叁\"}");
        SubjectLog before = driver.log(SubjectKind.PERSON, SUBJECT);

        // When
        protect(Of.SUBJECT, "");
        Explanation explanation = driver.explain(SubjectKind.PERSON, SUBJECT);
        SubjectLog after = driver.log(SubjectKind.PERSON, SUBJECT);

        // Then
        assertThat(before.hidden()).isFalse();
        assertThat(explanation.records())
                .allMatch(record ->
                        !record.golden().exists() && record.testimonies().isEmpty());
        assertThat(explanation.changes()).isEmpty();
        assertThat(explanation.exact()).isTrue();
        assertThat(after.hidden()).isTrue();
        assertThat(after.empty()).isTrue();
        assertThat(after.rows(POLICE, false)).isEmpty();
        assertThat(after.steps(POLICE, false)).isEmpty();
        assertThat(after.rows(POLICE, true)).hasSize(1);
        assertThat(after.steps(POLICE, true)).hasSize(2);
    }

    @Test
    void aProtectedRowIsInNoHistory() throws IOException {
        // Given
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\"}");
        say(INSURANCE, SUBJECT, "{\"full_name\":\"李四\",\"mobile\":\"13300000000\"}");

        // When
        protect(Of.ROW, SampleProvince.INSURANCE);
        Explanation explanation = driver.explain(SubjectKind.PERSON, SUBJECT);

        // Then
        assertThat(explanation.changes()).extracting(ExplainerTest::told).containsExactly("ga full_name null>张三");
        assertThat(standings(explanation, "full_name")).containsExactly("ga SERVED");
        assertThat(explanation.exact()).isTrue();
    }

    @Test
    void nothingThatIsPrintedByAccidentTellsAValue() throws IOException {
        // Given
        say(HOUSEHOLD, SUBJECT, "{\"full_name\":\"张三\"}");
        say(INSURANCE, SUBJECT, "{\"full_name\":\"李四\"}");

        // When
        Explanation explanation = driver.explain(SubjectKind.PERSON, SUBJECT);
        String printed =
                explanation.toString() + driver.log(SubjectKind.PERSON, SUBJECT).steps();

        // Then
        assertThat(printed).doesNotContain("张三", "李四", SUBJECT);
    }

    private void protect(Of of, String dataset) {
        Protection decided = new Protection(
                of,
                SUBJECT,
                "",
                dataset,
                "",
                Ground.ADOPTION,
                "民法典 1110",
                "authority",
                "收养",
                ReconcileDriver.START,
                null);
        driver.order(Names.protections(SubjectKind.PERSON), decided.key(), Protection.FORMAT.encode(decided));
    }

    private static List<String> standings(Explanation explanation, String item) {
        return explanation.records().getFirst().of(item).stream()
                .map(one -> agency(one) + " " + standing(one))
                .toList();
    }

    private static String agency(Testimony one) {
        return one.claim().dataset().replaceFirst("\\..*", "");
    }

    private static Standing standing(Testimony one) {
        return one.standing();
    }

    private static String told(Change change) {
        return change.dataset().replaceFirst("\\..*", "") + " " + change.item() + " "
                + (change.before() == null ? null : change.before().value()) + ">"
                + (change.after() == null ? null : change.after().value());
    }

    private void say(String topic, String key, String value) throws IOException {
        commit++;
        driver.pipe(
                topic,
                JSON.readTree("{\"key\":\"%s\",\"row\":\"%s\",\"pos\":\"1.%d.1.0\",\"value\":%s}"
                        .formatted(key, key, commit, value)));
    }
}
