package io.tongdao.contract.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.calendar.CalendarYear;
import io.tongdao.contract.catalogue.SampleProvince;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.rule.RowRule;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the authority would otherwise learn from a broken exchange or a complaint: each kind of change, its weight, what it needs. */
class PlanDiffTest {
    private static final String GA = "ga.household_population";
    private static final String HRSS = "hrss.social_insurance_enrolment";
    private static final Plan PLAN = SampleProvince.plan();

    static Stream<Arguments> changes() {
        return Stream.of(
                of("nothing", plan -> plan),
                of(
                        "a year's list of days off is free",
                        plan -> PlanEdits.calendar(plan, new CalendarYear(2027, "通知", Set.of(), Set.of())),
                        "FREE new calendar 2027"),
                of("another title is free", dataset(GA, d -> PlanEdits.title(d, "户籍人口")), "FREE dataset " + GA),
                of(
                        "a label is free, and the schema stays the same",
                        item(GA, "full_name", i -> PlanEdits.label(i, "姓氏名字")),
                        "FREE item " + GA + ".full_name"),
                of(
                        "a new item is read from the source for rows that are there",
                        dataset(GA, d -> PlanEdits.with(d, PlanEdits.text("nickname", "xm2"))),
                        "FREE new item " + GA + ".nickname",
                        "FREE schema of topic src." + GA,
                        "REBUILD rows of " + GA,
                        "RESTART collection of ga-db",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "a dropped item must be confirmed",
                        dataset(GA, d -> PlanEdits.without(d, "former_name")),
                        "CONFIRM drops dropped item " + GA + ".former_name",
                        "FREE schema of topic src." + GA,
                        "REBUILD rows of " + GA,
                        "RESTART collection of ga-db",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "text that becomes a date can't be read any more",
                        item(GA, "former_name", i -> PlanEdits.type(i, new ItemType.Date())),
                        "REFUSED schema of topic src." + GA,
                        "REBUILD rows of " + GA,
                        "RESTART collection of ga-db",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "a date that becomes a number would mean something else",
                        item(GA, "birth_date", i -> PlanEdits.type(i, new ItemType.Int())),
                        "REFUSED schema of topic src." + GA,
                        "REBUILD rows of " + GA,
                        "RESTART collection of ga-db",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "a decimal with another scale would mean something else",
                        item(HRSS, "contribution_base", i -> PlanEdits.type(i, new ItemType.Decimal(12, 4))),
                        "REFUSED schema of topic src." + HRSS,
                        "REBUILD rows of " + HRSS,
                        "RESTART collection of hrss-db",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "a wider decimal stays readable",
                        item(HRSS, "contribution_base", i -> PlanEdits.type(i, new ItemType.Decimal(18, 2))),
                        "FREE schema of topic src." + HRSS,
                        "REBUILD rows of " + HRSS,
                        "RESTART collection of hrss-db",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "a tighter mask needs nothing by itself",
                        item(HRSS, "mobile", i -> PlanEdits.mask(i, Mask.DROP, Mask.KEEP)),
                        "FREE mask of " + HRSS + ".mobile"),
                of(
                        "a looser mask must be confirmed",
                        item(HRSS, "mobile", i -> PlanEdits.mask(i, Mask.KEEP, Mask.KEEP)),
                        "CONFIRM masks mask of " + HRSS + ".mobile"),
                of(
                        "a mask that can't be compared counts as looser",
                        item(HRSS, "mobile", i -> PlanEdits.mask(i, Mask.TOKEN, Mask.KEEP)),
                        "CONFIRM masks mask of " + HRSS + ".mobile"),
                of(
                        "the mask of a return counts too",
                        item(HRSS, "contribution_base", i -> PlanEdits.mask(i, Mask.BAND, Mask.KEEP)),
                        "CONFIRM masks return mask of " + HRSS + ".contribution_base"),
                of(
                        "a less strict share class must be confirmed",
                        item(GA, "full_name", i -> PlanEdits.share(i, ShareClass.UNCONDITIONAL)),
                        "CONFIRM classes " + GA + ".full_name"),
                of(
                        "a stricter one need not",
                        item(GA, "full_name", i -> PlanEdits.share(i, ShareClass.WITHHELD)),
                        "FREE " + GA + ".full_name"),
                of(
                        "a lower level must be confirmed",
                        item(GA, "citizen_id", i -> PlanEdits.level(i, 1)),
                        "CONFIRM classes " + GA + ".citizen_id"),
                of(
                        "another purpose must be confirmed",
                        dataset(
                                GA,
                                d -> PlanEdits.purposes(
                                        d,
                                        Stream.concat(d.purposes().stream(), Stream.of("taxation"))
                                                .toList())),
                        "CONFIRM classes " + GA),
                of(
                        "fewer purposes need not",
                        dataset(GA, d -> PlanEdits.purposes(d, List.of("housing"))),
                        "FREE " + GA),
                of(
                        "other keys withdraw the old ones",
                        dataset(GA, d -> PlanEdits.rowKey(d, List.of("household_no"))),
                        "REBUILD keys rows of " + GA,
                        "RESTART collection of ga-db",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "other rules judge the same rows",
                        plan -> PlanEdits.rules(plan, GA, List.of(new RowRule.Required("full_name", ""))),
                        "FREE dataset " + GA,
                        "RESTART stage quality"),
                of(
                        "another label of a rule judges nothing anew",
                        plan -> PlanEdits.rules(
                                plan,
                                "hrss.social_insurance_enrolment",
                                plan.rules().get("hrss.social_insurance_enrolment").stream()
                                        .map(rule -> rule instanceof RowRule.Required r
                                                ? new RowRule.Required(r.name(), "另一个说法")
                                                : rule)
                                        .toList())),
                of("partitions never change", plan -> PlanEdits.partitions(plan, 1), "REFUSED partitions of person"),
                of(
                        "another address of the same database",
                        plan -> PlanEdits.source(plan, "ga-db", "10.1.1.1", "ga"),
                        "RESTART collection of ga-db",
                        "RESTART connection ga-db"),
                of(
                        "another database",
                        plan -> PlanEdits.source(plan, "ga-db", "127.0.0.1", "ga2"),
                        "REBUILD connection ga-db",
                        "REBUILD rows of " + GA,
                        "RESTART collection of ga-db"),
                of(
                        "a dropped dataset",
                        plan -> PlanEdits.withoutDataset(plan, "scjg.enterprise_registration"),
                        "CONFIRM drops dropped dataset scjg.enterprise_registration",
                        "RESTART stage reconcile",
                        "RESTART stage quality",
                        "RESTART stage release"),
                of(
                        "another rule says what is found anew only when touched",
                        base("mobile", i -> PlanEdits.order(i, List.of(HRSS, GA))),
                        "FREE rule of base.population.mobile",
                        "REBUILD rows of " + GA,
                        "RESTART stage reconcile"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void everyChangeHasItsWeight(String name, UnaryOperator<Plan> change, List<String> expected) {
        // When
        PlanDiff diff = PlanDiff.between(PLAN, change.apply(PLAN));
        // Then
        assertThat(diff.changes().stream().map(PlanDiffTest::said)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(diff.changes()).allSatisfy(each -> assertThat(each.text()).isNotBlank());
    }

    @Test
    void aFirstCatalogueIsAllNew() {
        // Given
        Plan none = new Plan(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), PLAN.divisions(), "");
        // When
        PlanDiff diff = PlanDiff.between(none, PLAN);
        // Then
        assertThat(diff.refusals()).isEmpty();
        assertThat(diff.confirmations()).isEmpty();
        assertThat(diff.changes().stream().map(Change::subject))
                .contains("new dataset " + GA, "new base population", "new agency ga", "new connection ga-db");
    }

    @Test
    void aNewThematicTableTouchesWhatComposesAndWhatReleases() {
        // Given
        Plan with = SampleProvince.sound();
        Plan without = PlanEdits.withoutThemes(with);
        // When
        PlanDiff diff = PlanDiff.between(without, with);
        Touched touched = Touched.by(without, with);
        Touched same = Touched.by(with, with);
        // Then
        assertThat(with.themes()).isNotEmpty();
        assertThat(diff.refusals()).isEmpty();
        assertThat(diff.changes().stream().map(Change::subject))
                .contains("new theme " + with.themes().keySet().iterator().next(), "stage compose", "stage release")
                .doesNotContain("stage reconcile");
        assertThat(List.of(touched.reconcile(), touched.compose(), touched.release()))
                .containsExactly(false, true, true);
        assertThat(List.of(same.reconcile(), same.compose(), same.release())).containsExactly(false, false, false);
    }

    @Test
    void aDayTouchesOnlyWhatHasARuleOrAStandardThatBeginsOnIt() {
        // Given
        Plan whole = SampleProvince.sound();
        LocalDate sexes = LocalDate.of(2003, 12, 1); // GB/T 2261.1-2003
        LocalDate marriages = LocalDate.of(2027, 1, 1); // the second rule of marital_status
        // When
        Touched norm = Touched.by(whole.on(sexes.minusDays(1)), whole.on(sexes));
        Touched rule = Touched.by(whole.on(marriages.minusDays(1)), whole.on(marriages));
        Touched usual = Touched.by(whole.on(marriages), whole.on(marriages.plusDays(1)));
        // Then
        assertThat(List.of(norm.reconcile(), norm.compose(), norm.release(), norm.quality()))
                .containsExactly(false, false, false, true);
        assertThat(List.of(rule.reconcile(), rule.compose(), rule.release(), rule.quality()))
                .containsExactly(true, false, false, false);
        assertThat(List.of(usual.reconcile(), usual.compose(), usual.release(), usual.quality()))
                .containsExactly(false, false, false, false);
        assertThat(usual.connections()).isEmpty();
    }

    @Test
    void aVersionThatIsNamedIsMeantOnEveryDay() {
        // Given
        StandardPlan sexes = SampleProvince.sound().standards().get("GB/T 2261.1");
        LocalDate before = LocalDate.of(2003, 11, 30);
        // When
        StandardPlan then = sexes.on(before);
        // Then
        assertThat(then.version("GB/T 2261.1", before.plusYears(20))
                        .orElseThrow()
                        .version())
                .isEqualTo("1980");
        assertThat(then.version("GB/T 2261.1@2003", before).orElseThrow().codes())
                .containsKey("9");
        assertThat(then.on(before.plusYears(20))).as("for good").isEqualTo(then);
    }

    @Test
    void aNewNameForTheSameTableSaysWhatIsNotCarriedOver() {
        // Given
        Plan next = PlanEdits.renamed(PLAN, "scjg.enterprise_registration", "scjg.enterprises");
        // When
        PlanDiff diff = PlanDiff.between(PLAN, next);
        // Then
        assertThat(diff.changes().stream()
                        .filter(change -> change.subject().equals("new dataset scjg.enterprises"))
                        .map(Change::text))
                .singleElement()
                .asString()
                .contains("names are durable");
    }

    @Test
    void whatIsMissingIsNamed() {
        // Given
        PlanDiff loosened = PlanDiff.between(
                PLAN,
                item(HRSS, "mobile", i -> PlanEdits.mask(i, Mask.KEEP, Mask.KEEP))
                        .apply(PLAN));
        // When
        List<String> bare = References.NONE.missing(loosened);
        List<String> confirmed = new References(Set.of(Confirmation.MASKS), "", "").missing(loosened);
        // Then
        assertThat(bare).singleElement().asString().contains("--confirm masks");
        assertThat(confirmed).isEmpty();
    }

    private static String said(Change change) {
        String confirm = change.confirmation().map(c -> c.word() + " ").orElse("");
        return change.severity() + " " + confirm + change.subject();
    }

    private static Arguments of(String name, UnaryOperator<Plan> change, String... expected) {
        return Arguments.of(name, change, List.of(expected));
    }

    private static UnaryOperator<Plan> dataset(String id, UnaryOperator<DatasetPlan> change) {
        return plan -> PlanEdits.dataset(plan, id, change);
    }

    private static UnaryOperator<Plan> item(String id, String item, UnaryOperator<ItemPlan> change) {
        return dataset(id, d -> {
            Map<String, ItemPlan> items = new LinkedHashMap<>(d.items());
            items.computeIfPresent(item, (name, before) -> change.apply(before));
            return PlanEdits.items(d, items);
        });
    }

    private static UnaryOperator<Plan> base(String item, UnaryOperator<BaseItemPlan> change) {
        return plan -> {
            Map<String, BasePlan> bases = new LinkedHashMap<>(plan.bases());
            bases.computeIfPresent("population", (name, base) -> PlanEdits.baseItem(base, item, change));
            return PlanEdits.bases(plan, bases);
        };
    }

    static Source moved(Source source, String host, String database) {
        return new Source(
                source.name(),
                source.agency(),
                source.engine(),
                host,
                source.port(),
                database,
                source.user(),
                source.passwordRef());
    }
}
