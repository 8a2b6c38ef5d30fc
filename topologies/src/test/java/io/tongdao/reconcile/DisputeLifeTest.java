package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.dispute.Ruling;
import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Strategy;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.GoldenRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How discrepancies live: grace, reopening, objection, ruling; and how other rules reach what is there. */
class DisputeLifeTest {
    private static final String KEY = "S|ruled|";

    @TempDir
    Path state;

    private ReconcileDriver driver;
    private int commit;

    @BeforeEach
    void start() {
        driver = new ReconcileDriver(state.resolve("first"), RuleProvince.plan(), ReconcileDriver.START);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void whatIsRightAgainWithinItsGraceIsNeverTold() {
        // Given
        say(RuleProvince.A, "slow", "1");
        say(RuleProvince.B, "slow", "2");
        driver.pass(RuleProvince.GRACE.minusSeconds(2));

        // When
        say(RuleProvince.B, "slow", "1");
        driver.pass(Duration.ofDays(2));

        // Then
        assertThat(driver.written()).doesNotContain("flag.discrepancy");
    }

    @Test
    void whatStandsAfterItsGraceIsToldOverARestartAndDisputesTheItem() {
        // Given
        say(RuleProvince.A, "slow", "1");
        say(RuleProvince.B, "slow", "2");
        say(RuleProvince.B, "slow", "3");
        driver.pass(RuleProvince.GRACE.minusSeconds(2));
        assertThat(driver.written()).doesNotContain("flag.discrepancy");
        driver = driver.restart(state.resolve("second"), RuleProvince.plan());

        // When
        driver.pass(Duration.ofSeconds(4));

        // Then
        Discrepancy told = told("slow");
        assertThat(told.state()).isEqualTo(Discrepancy.OPEN);
        assertThat(told.addressees()).as("this item's rule blames the leader").containsExactly("a");
        assertThat(told.since()).isEqualTo(ReconcileDriver.START.plusSeconds(3));
        assertThat(disputed()).contains("slow");
    }

    @Test
    void aCheckIsToldToWhomItBlamesAndClosedWhenItHolds() {
        // Given
        say(RuleProvince.A, "led", "1");
        say(RuleProvince.C, "flag", "1");
        driver.pass(RuleProvince.GRACE.plusSeconds(2));
        Discrepancy open = told("flagged");

        // When
        say(RuleProvince.C, "flag", "0");

        // Then
        assertThat(open.state()).isEqualTo(Discrepancy.OPEN);
        assertThat(open.addressees()).containsExactly("c");
        assertThat(open.check()).isTrue();
        assertThat(told("flagged").state()).isEqualTo(Discrepancy.CLOSED);
        assertThat(told("flagged").reason()).isEqualTo("agree");
        assertThat(disputed()).isEmpty();
    }

    @Test
    void whatComesBackIsReopenedWithItsFirstDay() {
        // Given
        say(RuleProvince.A, "led", "1");
        say(RuleProvince.C, "led", "2");
        say(RuleProvince.C, "led", "1");

        // When
        say(RuleProvince.C, "led", "2");

        // Then
        Discrepancy again = told("led");
        assertThat(again.state()).isEqualTo(Discrepancy.OPEN);
        assertThat(again.reopened()).isEqualTo(1);
        assertThat(again.first()).isEqualTo(ReconcileDriver.START.plusSeconds(2));
        assertThat(again.since()).isEqualTo(ReconcileDriver.START.plusSeconds(4));
    }

    @Test
    void whatIsUpheldStaysClosedForTheSameValuesAndNoOthers() {
        // Given
        say(RuleProvince.A, "led", "1");
        say(RuleProvince.C, "led", "2");

        // When
        rule(told("led"), Decision.UPHELD, null, null);
        Discrepancy upheld = told("led");
        say(RuleProvince.C, "led", "1");
        say(RuleProvince.C, "led", "2");
        Discrepancy same = told("led");
        say(RuleProvince.C, "led", "3");

        // Then
        assertThat(upheld.reason()).isEqualTo("upheld");
        assertThat(same).isEqualTo(upheld);
        assertThat(told("led").state()).isEqualTo(Discrepancy.OPEN);
    }

    @Test
    void whatIsToBeCorrectedWaitsUntilTheCorrectionIsSeen() {
        // Given
        say(RuleProvince.A, "led", "1");
        say(RuleProvince.C, "led", "2");

        // When
        rule(told("led"), Decision.CORRECTED, null, null);
        Discrepancy waits = told("led");
        List<String> meanwhile = disputed();
        say(RuleProvince.C, "led", "1");

        // Then
        assertThat(waits.state()).isEqualTo(Discrepancy.AWAITING);
        assertThat(meanwhile).containsExactly("led");
        assertThat(told("led").state()).isEqualTo(Discrepancy.CLOSED);
        assertThat(disputed()).isEmpty();
    }

    @Test
    void whereTheSourceIsWrongTheOtherIsServedUntilTheSourceSaysSomethingElse() {
        // Given
        say(RuleProvince.A, "led", "1");
        say(RuleProvince.C, "led", "2");

        // When
        rule(told("led"), Decision.SOURCE_WRONG, RuleProvince.C, null);
        Object served = value("led");
        Explanation explained = driver.explain(SubjectKind.PERSON, "S");
        Discrepancy closed = told("led");
        say(RuleProvince.A, "led", "3");

        // Then
        assertThat(served).isEqualTo("2");
        assertThat(explained.exact()).isTrue();
        assertThat(explained.records().getFirst().golden().items().get("led").rule())
                .isEqualTo(GoldenRecord.Rule.RULING);
        assertThat(closed.reason()).isEqualTo("source_wrong");
        assertThat(value("led")).isEqualTo("3");
        assertThat(told("led").state()).isEqualTo(Discrepancy.OPEN);
    }

    @Test
    void anObjectionFlagsAtOnceAndARulingSettlesIt() {
        // Given
        say(RuleProvince.A, "led", "1");

        // When
        object("o1");
        List<String> flagged = disputed();
        Discrepancy objected = told("led");
        rule(objected, Decision.UPHELD, null, "o1");
        List<String> settled = disputed();
        Discrepancy closed = told("led");
        object("o2");

        // Then
        assertThat(flagged).containsExactly("led");
        assertThat(objected.objected()).isTrue();
        assertThat(objected.addressees()).containsExactly("a");
        assertThat(settled).isEmpty();
        assertThat(closed.reason()).isEqualTo("upheld");
        assertThat(disputed()).as("another objection is another matter").containsExactly("led");
    }

    @Test
    void anObjectionThatIsFoundRightFlagsUntilTheSourceCorrectsItsValue() {
        // Given
        say(RuleProvince.A, "led", "1");
        object("o1");

        // When
        rule(told("led"), Decision.CORRECTED, null, "o1");
        List<String> waits = disputed();
        say(RuleProvince.A, "led", "2");

        // Then
        assertThat(waits).containsExactly("led");
        assertThat(told("led").reason()).isEqualTo("corrected");
        assertThat(disputed()).isEmpty();
    }

    @Test
    void anObjectionThatIsTakenBackFlagsNothing() {
        // Given
        say(RuleProvince.A, "led", "1");
        object("o1");

        // When
        driver.order(Names.objections(SubjectKind.PERSON), KEY + "led", null);

        // Then
        assertThat(disputed()).isEmpty();
        assertThat(told("led").state()).isEqualTo(Discrepancy.CLOSED);
    }

    @Test
    void otherRulesReachEveryGoldenRecordWithoutItsSources() {
        // Given
        for (int i = 0; i < 3 * Reevaluation.PIECE; i++) {
            String subject = "P%04d".formatted(i);
            driver.pipe("src.a.x", RuleProvince.change(RuleProvince.A, subject, 1, 1, "led", "1"));
            driver.pipe("src.b.x", RuleProvince.change(RuleProvince.B, subject, 1, 1, "led", "2"));
        }
        driver.pass(TaskStart.STEP.multipliedBy(9));
        driver = driver.restart(
                state.resolve("second"), RuleProvince.plan(Strategy.LED, List.of(RuleProvince.B, RuleProvince.A)));

        // When
        driver.pass(TaskStart.STEP);
        long first = led("2");
        driver = driver.restart(
                state.resolve("third"), RuleProvince.plan(Strategy.LED, List.of(RuleProvince.B, RuleProvince.A)));
        driver.pass(TaskStart.STEP);
        long second = led("2");
        driver.pass(TaskStart.STEP.multipliedBy(3));

        // Then
        assertThat(first).as("a step is bounded").isEqualTo(Reevaluation.PIECE);
        assertThat(second).as("and goes on where it was").isEqualTo(2 * Reevaluation.PIECE);
        assertThat(led("2")).isEqualTo(3 * Reevaluation.PIECE);
    }

    @Test
    void aDatasetThatTheRulesNameNoLongerIsHeardNoLonger() {
        // Given
        say(RuleProvince.A, "led", "1");
        say(RuleProvince.B, "led", "2");
        driver.pass(TaskStart.STEP);
        assertThat(led("1")).isEqualTo(1);

        // When
        driver = driver.restart(state.resolve("without"), RuleProvince.plan(Strategy.LED, List.of(RuleProvince.B)));
        driver.pass(TaskStart.STEP.multipliedBy(3));

        // Then
        assertThat(led("2")).isEqualTo(1);
    }

    private long led(String value) {
        return driver.goldens(RuleProvince.GOLDEN).values().stream()
                .filter(golden -> value.equals(((Map<?, ?>) golden).get("led")))
                .count();
    }

    private void say(String dataset, String item, String value) {
        driver.pipe("src." + dataset, RuleProvince.change(dataset, "S", ++commit, 1, item, value));
    }

    private void object(String id) {
        Objection objection = new Objection(id, "S", "ruled", "led", "S", "不是我的", ReconcileDriver.START);
        driver.order(Names.objections(SubjectKind.PERSON), objection.key(), Objection.FORMAT.encode(objection));
    }

    private void rule(Discrepancy about, Decision how, @Nullable String serve, @Nullable String objection) {
        Ruling ruling = new Ruling(
                "S",
                "ruled",
                about.item(),
                how,
                about.valueSet(),
                about.leading(),
                serve,
                objection,
                "authority",
                "查实",
                ReconcileDriver.START);
        driver.order(Names.rulings(SubjectKind.PERSON), ruling.key(), Ruling.FORMAT.encode(ruling));
    }

    private Discrepancy told(String item) {
        return driver.discrepancies().get(KEY + item);
    }

    private Object value(String item) {
        return ((Map<?, ?>) driver.goldens(RuleProvince.GOLDEN).get("S")).get(item);
    }

    @SuppressWarnings("unchecked")
    private List<String> disputed() {
        Map<?, ?> golden = (Map<?, ?>) driver.goldens(RuleProvince.GOLDEN).get("S");
        return ((List<Object>) golden.get("_disputed"))
                .stream().map(Object::toString).toList();
    }
}
