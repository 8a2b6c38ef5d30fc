package io.tongdao.reconcile.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.BasePlan.Blame;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Strategy;
import io.tongdao.contract.plan.Strategy.Tie;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.reconcile.rule.GoldenRecord.Rule;
import io.tongdao.reconcile.rule.Reconciler.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each strategy by its table: what three sources say, and when; what stands, by which rule, and who contradicts it. */
class StrategyTest {
    private static final List<String> SOURCES = List.of("a.x", "b.x", "c.x");
    private static final Strategy MOST_RECENT = new Strategy.MostRecent(null);
    private static final Strategy NOT_OLDER = new Strategy.MostRecent(Period.ofYears(3));
    private static final Strategy TRUST = trust(null, 0, 10, Tie.TRUST, Tie.SOURCE_ORDER);
    private static final Strategy NEWEST_OF_NEAR = trust(null, 0, 25, Tie.EVENT_TIME, Tie.SOURCE_ORDER);
    private static final Strategy AGEING = trust(Period.ofYears(2), 20, 5, Tie.TRUST);

    @ParameterizedTest(name = "{0}, {1}, {2} → {3} by {4}")
    @CsvSource({
        // the newest word wins; of equal ones the first source's; without a word it is the oldest
        "1@2020-01-01, 2@2021-01-01, 3@2019-01-01, 2, MOST_RECENT",
        "1@2020-01-01, 2@2020-01-01, -, 1, MOST_RECENT",
        "1@, 2@1999-01-01, -, 2, MOST_RECENT",
        "1@, 2@, 3@, 1, MOST_RECENT",
        "-, -, 3@, 3, MOST_RECENT",
        // null never beats a value; taking it back does
        "-@2022-01-01, 2@2021-01-01, -, 2, MOST_RECENT",
        "W@2022-01-01, 2@2021-01-01, -, -, -",
    })
    void theMostRecent(String a, String b, String c, String value, String rule) {
        expect(MOST_RECENT, a, b, c, value, rule, "");
    }

    @ParameterizedTest(name = "{0}, {1}, {2} → {3}")
    @CsvSource({
        // a source has said something of the subject since, and nobody the value
        "1@2020-01-01, -@2023-01-01, -, 1, MOST_RECENT",
        "1@2020-01-01, -@2023-01-02, -, -, -",
        "1@, -@2023-01-02, -, -, -",
        "1@, -, -, 1, MOST_RECENT",
    })
    void anOldValueIsNone(String a, String b, String c, String value, String rule) {
        expect(NOT_OLDER, a, b, c, value, rule, "");
    }

    @ParameterizedTest(name = "{0}, {1}, {2} → {3} by {4} against {5}")
    @CsvSource({
        // trust 80, 72, 60; margin 10: the second is within it, the third is not
        "1@, 2@, 3@, 1, TRUST_TIE, b.x",
        "1@, 1@, 3@, 1, TRUST_TIE, ''",
        "-, 2@, 3@, 2, TRUST, ''",
        "1@, -, 3@, 1, TRUST, ''",
    })
    void theMostTrusted(String a, String b, String c, String value, String rule, String against) {
        expect(TRUST, a, b, c, value, rule, against);
    }

    @Test
    void amongNearlyTrustedTheTiesDecide() {
        expect(NEWEST_OF_NEAR, "1@2020-01-01", "2@2020-01-02", "3@2020-01-03", "3", "TRUST_TIE", "a.x b.x");
        expect(NEWEST_OF_NEAR, "1@2020-01-03", "2@2020-01-03", "3@2020-01-02", "1", "TRUST_TIE", "b.x c.x");
    }

    @Test
    void trustAgesDownToItsFloorFromTheNewestWord() {
        // 80 after two years: 50; 72 fresh
        expect(AGEING, "1@2020-01-01", "2@2022-01-01", "-", "2", "TRUST", "");
        // 80 after one year: 62.4; 60 fresh: within 5
        expect(AGEING, "1@2021-01-01", "-", "3@2022-01-01", "1", "TRUST_TIE", "c.x");
        // nobody knows how old: the floor
        expect(AGEING, "1@", "-", "3@2010-01-01", "3", "TRUST", "");
    }

    @ParameterizedTest(name = "{0}, {1}, {2} → {3} by {4}")
    @CsvSource({
        "1@, 2@, 2@, 2, AGREE",
        "1@, 1@, 2@, 1, AGREE",
        "1@, 2@, 3@, 1, AGREE_ORDER",
        "-, 2@, 3@, 2, AGREE_ORDER",
        "W@, 2@, 2@, 2, AGREE",
        "W@, W@, 2@, -, -",
    })
    void whatTwoAgreeOn(String a, String b, String c, String value, String rule) {
        expect(new Strategy.Agree(2), a, b, c, value, rule, "");
    }

    @ParameterizedTest(name = "{0}, {1}, {2} → {3} by {4}")
    @CsvSource({"W@, 2@, 3@, -, -", "-, W@, 3@, -, -", "-, 2@, W@, 2, FALLBACK", "1@, W@, 3@, 1, SOURCE_OF_RECORD"})
    void takingAnItemBackBeatsWhatFallsBehind(String a, String b, String c, String value, String rule) {
        expect(Strategy.LED, a, b, c, value, rule, "");
    }

    @Test
    void codesOfAnotherTableAreComparedAndServedByTheMapping() {
        // Given
        Comparison codes = new Comparison.Code(Map.of("b.x", Map.of("M", "1", "F", "2")));
        BasePlan plan = base(item(Strategy.LED, List.of("a.x", "b.x"), List.of("b.x"), codes), Map.of());

        // When
        Outcome same = evaluate(plan, Map.of(), claim("a.x", "1@"), claim("b.x", "M@"));
        Outcome other = evaluate(plan, Map.of(), claim("a.x", "1@"), claim("b.x", "F@"));
        Outcome unknown = evaluate(plan, Map.of(), claim("a.x", "1@"), claim("b.x", "1@"));
        Outcome alone = evaluate(plan, Map.of(), claim("b.x", "F@"));
        Outcome unserved = evaluate(plan, Map.of(), claim("b.x", "X@"));

        // Then
        assertThat(same.conflicts()).isEmpty();
        assertThat(other.conflicts()).hasSize(1);
        assertThat(unknown.conflicts())
                .as("a code that has no equal differs from all")
                .hasSize(1);
        assertThat(value(alone)).isEqualTo("2");
        assertThat(unserved.golden().exists()).isFalse();
    }

    @Test
    void aCheckHoldsSaysNothingOrIsAConflictThatItsAddresseeIsTold() {
        // Given
        CrossCheck check = new CrossCheck(
                "paid",
                "死亡后仍领取",
                "item != \"dead\" || pay.status != \"1\"",
                Map.of("pay", "p.y"),
                List.of(),
                List.of("item", "pay.status"),
                "m.pay",
                List.of("item"),
                Duration.ofDays(30));
        BasePlan plan = base(item(Strategy.LED, List.of("a.x"), List.of(), Comparison.EXACT), Map.of("paid", check));

        // When
        Outcome holds = evaluate(plan, Map.of(), claim("a.x", "alive@"), status("1"));
        Outcome unknown = evaluate(plan, Map.of(), claim("a.x", "dead@"));
        Outcome broken = evaluate(plan, Map.of(), claim("a.x", "dead@"), status("1"));

        // Then
        assertThat(holds.conflicts()).isEmpty();
        assertThat(unknown.conflicts()).isEmpty();
        Conflict conflict = broken.conflicts().getFirst();
        assertThat(conflict.item()).isEqualTo("paid");
        assertThat(conflict.blamed()).containsExactly("m");
        assertThat(conflict.winner() + conflict.against()).isEqualTo("a.x[p.y]");
        assertThat(broken.golden().disputed()).containsExactly("item");
    }

    @Test
    void aCheckOfWhatIsMissingAsksTheRowThatSpeaks() {
        // Given
        CrossCheck check = new CrossCheck(
                "paid",
                "死亡后仍领取",
                "item != \"dead\" || pay.status != \"1\"",
                Map.of("pay", "p.y"),
                List.of("pay.stopped"),
                List.of("item", "pay.status"),
                "p.y",
                List.of(),
                Duration.ZERO);
        BasePlan plan = base(item(Strategy.LED, List.of("a.x"), List.of(), Comparison.EXACT), Map.of("paid", check));
        Claim stopped = status("1", 2, Map.of("stopped", "2026-01-01"));
        Claim before = status("1", 1, Map.of());

        // When
        Outcome paid = evaluate(plan, Map.of(), claim("a.x", "dead@"), before);
        Outcome ended = evaluate(plan, Map.of(), claim("a.x", "dead@"), before, stopped);
        Outcome takenBack = evaluate(
                plan, Map.of(), claim("a.x", "dead@"), status("1", 2, Map.of("stopped", Withdrawn.VALUE)), before);

        // Then
        assertThat(paid.conflicts()).hasSize(1);
        assertThat(ended.conflicts()).as("the newest row says when it stopped").isEmpty();
        assertThat(takenBack.conflicts()).hasSize(1);
    }

    @Test
    void aRulingThatTheSourceWasWrongServesTheOtherUntilTheSourceChanges() {
        // Given
        BasePlan plan = base(item(Strategy.LED, List.of("a.x"), List.of("b.x"), Comparison.EXACT), Map.of());
        Conflict conflict = evaluate(plan, Map.of(), claim("a.x", "1@"), claim("b.x", "2@"))
                .conflicts()
                .getFirst();
        Map<String, Order> orders = Map.of(
                "item", new Order("", Decision.SOURCE_WRONG, conflict.valueSet(), conflict.leading(), "b.x", ""));

        // When
        Outcome ruled = evaluate(plan, orders, claim("a.x", "1@"), claim("b.x", "2@"));
        Outcome moved = evaluate(plan, orders, claim("a.x", "1@"), claim("b.x", "3@"));
        Outcome changed = evaluate(plan, orders, claim("a.x", "4@"), claim("b.x", "2@"));

        // Then
        assertThat(value(ruled)).isEqualTo("2");
        assertThat(ruled.golden().items().get("item").rule()).isEqualTo(Rule.RULING);
        assertThat(ruled.conflicts()).isEmpty();
        assertThat(value(moved)).as("the other source may go on").isEqualTo("3");
        assertThat(value(changed)).isEqualTo("4");
        assertThat(changed.conflicts()).hasSize(1);
    }

    private static void expect(
            Strategy strategy, String a, String b, String c, String value, String rule, String against) {
        // When
        Outcome outcome = evaluate(
                base(item(strategy, SOURCES, List.of(), Comparison.EXACT), Map.of()),
                Map.of(),
                claim("a.x", a),
                claim("b.x", b),
                claim("c.x", c));

        // Then
        GoldenRecord.Item found = outcome.golden().items().get("item");
        assertThat(found == null ? "-" : found.value()).isEqualTo(value);
        assertThat(found == null ? "-" : found.rule().name()).isEqualTo(rule);
        assertThat(outcome.conflicts().stream()
                        .map(conflict -> String.join(" ", conflict.against()))
                        .toList())
                .isEqualTo(against.isEmpty() ? List.of() : List.of(against));
    }

    private static Object value(Outcome outcome) {
        return outcome.golden().items().get("item").value();
    }

    private static Outcome evaluate(BasePlan plan, Map<String, Order> orders, @Nullable Claim... claims) {
        Map<String, List<Claim>> all = new TreeMap<>();
        for (Claim claim : claims) {
            if (claim != null) {
                all.computeIfAbsent(claim.dataset(), d -> new ArrayList<>()).add(claim);
            }
        }
        Map<String, Map<String, ItemType>> types =
                Map.of("p.y", Map.of("status", new ItemType.Code("s"), "stopped", new ItemType.Text(10)));
        ValueSets names = new ValueSets(new SecretKeySpec(new byte[] {1}, "HmacSHA256"));
        return new Reconciler(plan, new Divisions(Map.of(), Map.of(), Map.of()), names, types)
                .evaluate("S", all, orders);
    }

    /** {@code value@as_of}; {@code -} has no value, {@code W} takes it back; a lone {@code -} is no row. */
    private static @Nullable Claim claim(String dataset, String text) {
        if (text.equals("-")) {
            return null;
        }
        String value = text.substring(0, text.indexOf('@'));
        String day = text.substring(text.indexOf('@') + 1);
        Map<String, Object> items = switch (value) {
            case "-" -> Map.of();
            case "W" -> Map.of("item", Withdrawn.VALUE);
            default -> Map.of("item", value);
        };
        Integer asOf =
                day.isEmpty() ? null : (Integer) (int) LocalDate.parse(day).toEpochDay();
        return new Claim(dataset, "", new Pos(1, 1, 0, 0), Instant.EPOCH, asOf, items);
    }

    private static Claim status(String code) {
        return new Claim("p.y", "", new Pos(1, 1, 0, 0), Instant.EPOCH, null, Map.of("status", code));
    }

    private static Claim status(String code, int asOf, Map<String, Object> more) {
        Map<String, Object> items = new TreeMap<>(more);
        items.put("status", code);
        return new Claim("p.y", "r" + asOf, new Pos(1, 1, 0, 0), Instant.EPOCH, asOf, items);
    }

    private static Strategy trust(@Nullable Period halfLife, int floor, int margin, Tie... ties) {
        return new Strategy.Trust(List.of(80, 72, 60), halfLife, floor, margin, List.of(ties));
    }

    private static BaseItemPlan item(Strategy strategy, List<String> order, List<String> verify, Comparison how) {
        return new BaseItemPlan(
                "item",
                "数据项",
                new ItemType.Text(9),
                List.of(new BasePlan.Rule(LocalDate.MIN, order, verify, strategy)),
                how,
                1,
                Mask.KEEP,
                Mask.KEEP,
                ShareClass.CONDITIONAL,
                ShareClass.WITHHELD,
                Blame.OTHERS);
    }

    private static BasePlan base(BaseItemPlan item, Map<String, CrossCheck> checks) {
        return new BasePlan(
                "base",
                "库",
                SubjectKind.PERSON,
                Map.of("item", item),
                List.of(),
                new Topic("base.base", 1, Policy.KEYED, null),
                Map.of(),
                List.of(),
                checks);
    }
}
