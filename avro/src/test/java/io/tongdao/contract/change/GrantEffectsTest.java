package io.tongdao.contract.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.catalogue.SampleProvince;
import io.tongdao.contract.change.GrantEffect.Kind;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantCheck;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a change of the catalogue cuts off, and how far: no consumer learns it from silence, no item outlives its permission. */
class GrantEffectsTest {
    private static final Path SAMPLES = Path.of("src/test/resources/catalogue/four-agencies/grants");
    private static final Plan PLAN = SampleProvince.plan();
    private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");
    private static final Grant SHARE = active("yb-enrolment");
    private static final Grant RETURN = active("wuhua-return");

    @TempDir
    private Path dir;

    @Test
    void aGrantThatLosesNothingGoesOnAsItIs() {
        // Given
        Plan next = mobile(i -> masked(i, Mask.PHONE3_4, ShareClass.CONDITIONAL));
        // When
        List<GrantEffect> effects = effects(next, SHARE, RETURN);
        // Then
        assertThat(effects).isEmpty();
    }

    @Test
    void aTighterMaskNarrowsTheGrantThatShowsMore() {
        // Given
        Plan next = mobile(i -> masked(i, Mask.DROP, ShareClass.CONDITIONAL));
        // When
        List<GrantEffect> effects = effects(next, SHARE, RETURN);
        // Then
        assertThat(effects).singleElement().satisfies(effect -> {
            assertThat(effect.kind()).isEqualTo(Kind.NARROWED);
            assertThat(effect.grant().id()).isEqualTo("yb-enrolment");
            Grant narrowed = effect.narrowed().orElseThrow();
            assertThat(narrowed.items()).containsEntry("mobile", Mask.DROP).hasSameSizeAs(SHARE.items());
            assertThat(narrowed.releasesNoMoreThan(SHARE)).isTrue();
            assertThat(SHARE.releasesNoMoreThan(narrowed)).isFalse();
        });
    }

    @Test
    void aMaskThatItsProviderConsentedToStays() throws IOException {
        // Given
        Path file = dir.resolve("grant.yaml");
        String text = Files.readString(SAMPLES.resolve("yb-enrolment.yaml"));
        Files.writeString(
                file,
                text.replace("mobile: phone3_4", "mobile: keep")
                        + "consent: {mobile: {by: hrss, document: 函8号, on: 2026-03-02}}\n");
        Grant consented = active(file);
        // When
        List<GrantEffect> untouched = effects(mobile(i -> masked(i, Mask.DROP, ShareClass.CONDITIONAL)), consented);
        List<GrantEffect> narrowed = effects(item("birth_date", i -> masked(i, Mask.DROP, i.share())), consented);
        // Then
        assertThat(untouched).isEmpty();
        assertThat(narrowed.getFirst().narrowed().orElseThrow().items()).containsEntry("mobile", Mask.KEEP);
    }

    @Test
    void anItemThatIsWithheldNowIsLeftOut() {
        // Given
        Plan next = mobile(i -> masked(i, Mask.PHONE3_4, ShareClass.WITHHELD));
        // When
        List<GrantEffect> effects = effects(next, SHARE);
        // Then
        assertThat(effects.getFirst().kind()).isEqualTo(Kind.NARROWED);
        assertThat(effects.getFirst().narrowed().orElseThrow().items()).doesNotContainKey("mobile");
        assertThat(effects.getFirst().text()).contains("mobile is left out", "art. 31");
    }

    @Test
    void aMaskOfAnotherTypeCanNotFollowInATable() {
        // Given: a year is a number in the consumer's table, a band is text
        Plan next = item("birth_date", i -> masked(i, Mask.BAND, i.share()));
        // When
        List<GrantEffect> effects = effects(next, SHARE);
        // Then
        assertThat(effects.getFirst().narrowed().orElseThrow().items()).doesNotContainKey("birth_date");
    }

    @Test
    void whatTheFilterReadsCanNotBeLeftOut() {
        // Given
        Plan next = item("enrol_status", i -> masked(i, i.mask(), ShareClass.WITHHELD));
        // When
        List<GrantEffect> effects = effects(next, SHARE);
        // Then
        assertThat(effects.getFirst().kind()).isEqualTo(Kind.SUSPENDED);
        assertThat(effects.getFirst().restricts()).isTrue();
    }

    @Test
    void aDroppedTableEndsItsGrants() {
        // Given
        Plan next = PlanEdits.bases(PLAN, Map.of());
        // When
        List<GrantEffect> effects = effects(next, SHARE, RETURN);
        // Then
        assertThat(effects)
                .extracting(GrantEffect::kind)
                .containsOnly(Kind.ENDED)
                .hasSize(2);
    }

    @Test
    void otherDivisionsRenewWhatTheyChoose() {
        // Given
        Map<String, String> successors = new TreeMap<>(PLAN.divisions().successors());
        successors.put("530199", "530102");
        Plan next = PlanEdits.divisions(
                PLAN, new Divisions(PLAN.divisions().names(), PLAN.divisions().parents(), successors));
        // When
        List<GrantEffect> effects = effects(next, SHARE, RETURN);
        // Then
        assertThat(effects).singleElement().satisfies(effect -> {
            assertThat(effect.grant().id()).isEqualTo("wuhua-return");
            assertThat(effect.kind()).isEqualTo(Kind.RENEWED);
            assertThat(effect.restricts()).isFalse();
        });
    }

    @Test
    void aGrantThatDoesNotFlowIsNotTouched() {
        // Given
        Grant suspended = GrantLife.step(SHARE, Status.SUSPENDED, "t", "", AT);
        // When
        List<GrantEffect> effects = effects(PlanEdits.bases(PLAN, Map.of()), suspended);
        // Then
        assertThat(effects).isEmpty();
    }

    @Test
    void restrictingNeedsBothReferences() {
        // Given
        PlanDiff diff = new PlanDiff(List.of())
                .with(effects(PlanEdits.bases(PLAN, Map.of()), SHARE).stream()
                        .map(Change.GrantTouched::new)
                        .toList());
        // When
        List<String> half = new References(Set.of(), "会商1号", "").missing(diff);
        List<String> both = new References(Set.of(), "会商1号", "备2号").missing(diff);
        // Then
        assertThat(half).singleElement().asString().contains("yb-enrolment (cut)", "--filing");
        assertThat(both).isEmpty();
    }

    private static List<GrantEffect> effects(Plan next, Grant... grants) {
        return new GrantEffects(PLAN, next, GrantEffectsTest::problems).of(List.of(grants));
    }

    /** As the release room checks, whose filter language is not of this module: the sample's filter reads one item. */
    private static List<String> problems(Plan plan, Grant grant) {
        Set<String> filter = grant.filter().isEmpty() ? Set.of() : Set.of("enrol_status");
        List<String> problems =
                new ArrayList<>(GrantCheck.check(plan, grant, filter).all());
        if (problems.isEmpty()) {
            problems.addAll(GrantCheck.missingApprovals(plan, grant, filter));
        }
        return problems;
    }

    private static Grant active(String id) {
        return active(SAMPLES.resolve(id + ".yaml"));
    }

    private static Grant active(Path file) {
        Grant grant = GrantFile.read(file, "t", AT);
        for (String agency : List.of("ga", "mz", "hrss")) {
            grant = grant.approvedFor(agency, "t", AT);
        }
        return GrantLife.step(GrantLife.step(grant, Status.APPROVED, "t", "", AT), Status.ACTIVE, "t", "", AT);
    }

    private static Plan mobile(UnaryOperator<BaseItemPlan> change) {
        return item("mobile", change);
    }

    private static Plan item(String item, UnaryOperator<BaseItemPlan> change) {
        Map<String, BasePlan> bases = new LinkedHashMap<>(PLAN.bases());
        Optional.ofNullable(bases.get("population"))
                .ifPresent(base -> bases.put("population", PlanEdits.baseItem(base, item, change)));
        return PlanEdits.bases(PLAN, bases);
    }

    private static BaseItemPlan masked(BaseItemPlan i, Mask mask, ShareClass share) {
        return new BaseItemPlan(
                i.name(),
                i.label(),
                i.type(),
                i.rules(),
                i.compare(),
                i.level(),
                mask,
                i.returnMask(),
                share,
                i.open());
    }
}
