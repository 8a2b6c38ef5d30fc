package io.tongdao.reconcile.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.reconcile.rule.GoldenRecord.Rule;
import io.tongdao.reconcile.rule.Reconciler.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private static final String GA = "ga.people";
    private static final String MZ = "mz.marriages";
    private static final String HRSS = "hrss.insured";

    private final BasePlan base = base(
            List.of(
                    item("name", List.of(GA, HRSS), List.of(HRSS, MZ), Comparison.HAN_NAME),
                    item("address", List.of(GA, HRSS), List.of(), Comparison.EXACT),
                    item("division", List.of(GA, HRSS), List.of(HRSS), Comparison.EXACT),
                    item("status", List.of(MZ), List.of(), Comparison.CODE)),
            List.of(List.of("address", "division")));

    @Test
    void theSourceOfRecordWinsOverAFallback() {
        // When
        Outcome outcome = evaluate(claim(GA, "", 1, null, "name", "张三"), claim(HRSS, "", 9, null, "name", "张三"));

        // Then
        assertThat(outcome.golden().items())
                .containsExactly(Map.entry(
                        "name", new GoldenRecord.Item("张三", GA, pos(1), Instant.EPOCH, Rule.SOURCE_OF_RECORD)));
        assertThat(outcome.conflicts()).isEmpty();
    }

    @Test
    void aSourceWithoutAValueDoesNotSpeak() {
        // When
        Outcome outcome = evaluate(claim(GA, "", 1, null), claim(HRSS, "", 2, null, "name", "李四"));

        // Then
        GoldenRecord.Item name = outcome.golden().items().get("name");
        assertThat(name.dataset()).isEqualTo(HRSS);
        assertThat(name.rule()).isEqualTo(Rule.FALLBACK);
    }

    @Test
    void withoutAValueFromASourceThereIsNoGoldenRecord() {
        // When
        Outcome outcome = evaluate(claim(GA, "", 1, null), claim(MZ, "1", 1, 5, "name", "张三"));

        // Then
        assertThat(outcome.golden().exists()).isFalse();
    }

    @Test
    void theRowWithTheLatestWordSpeaksForItsDataset() {
        // When
        Outcome outcome = evaluate(
                claim(MZ, "9", 9, 18_000, "status", "20"),
                claim(MZ, "1", 1, 19_000, "status", "40"),
                claim(MZ, "5", 5, null, "status", "10"));

        // Then
        assertThat(outcome.golden().items().get("status").value()).isEqualTo("40");
    }

    @Test
    void ofRowsWithTheSameWordTheGreatestKeySpeaksAndRowsWithoutAValueAreSilent() {
        // When
        Outcome outcome = evaluate(
                claim(MZ, "1", 9, 18_000, "status", "20"),
                claim(MZ, "2", 1, 18_000, "status", "40"),
                claim(MZ, "3", 1, 18_000));

        // Then
        assertThat(outcome.golden().items().get("status").value()).isEqualTo("40");
    }

    @Test
    void aGroupComesFromOneRow() {
        // When
        Outcome fallback = evaluate(
                claim(GA, "", 1, null, "division", "530102"),
                claim(HRSS, "", 1, null, "address", "翠湖路", "division", "530111"));
        Outcome own = evaluate(
                claim(GA, "", 1, null, "address", "北京路"),
                claim(HRSS, "", 1, null, "address", "翠湖路", "division", "530111"));
        Outcome second = evaluate(claim(GA, "", 1, null, "division", "530102"), claim(HRSS, "", 1, null));

        // Then
        assertThat(fallback.golden().items().get("division").dataset()).isEqualTo(HRSS);
        assertThat(own.golden().items()).containsOnlyKeys("address");
        assertThat(second.golden().items()).containsOnlyKeys("division");
    }

    @Test
    void aConflictNamesTheSourcesAndNeverTheValues() {
        // When
        Outcome outcome = evaluate(
                claim(GA, "", 1, null, "name", "张三"),
                claim(HRSS, "", 1, null, "name", "张山"),
                claim(MZ, "7", 1, 1, "name", "张 三"));

        // Then
        assertThat(outcome.golden().disputed()).containsExactly("name");
        assertThat(outcome.golden().items().get("name").value()).isEqualTo("张三");
        Conflict conflict = outcome.conflicts().getFirst();
        assertThat(conflict.winner()).isEqualTo(GA);
        assertThat(conflict.against()).containsExactly(HRSS);
        assertThat(conflict.toString()).doesNotContain("张");
    }

    @Test
    void equalSetsOfValuesHaveOneNameAndOthersAnother() {
        // When
        String first = valueSet("S", "张三", "张山");
        String rewritten = valueSet("S", "张三", " 张山 ");
        String other = valueSet("S", "张三", "张杉");
        String elsewhere = valueSet("T", "张三", "张山");

        // Then
        assertThat(first).matches("[0-9a-f]{32}").isEqualTo(rewritten);
        assertThat(first).isNotEqualTo(other).isNotEqualTo(elsewhere);
    }

    @Test
    void theOrderOfClaimsDoesNotMatter() {
        // Given
        long seed = 20260301;
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            List<Claim> claims = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                claims.add(any(random, Integer.toString(i)));
            }
            Outcome first = evaluate("S", claims);
            Collections.shuffle(claims, random);

            // When
            Outcome again = evaluate("S", claims);

            // Then
            assertThat(again).as("seed %d round %d", seed, round).isEqualTo(first);
        }
    }

    private Claim any(Random random, String row) {
        String dataset = List.of(GA, MZ, HRSS).get(random.nextInt(3));
        List<String> items = new ArrayList<>();
        for (String item : base.items().keySet()) {
            if (random.nextBoolean()) {
                items.addAll(List.of(item, Integer.toString(random.nextInt(3))));
            }
        }
        Integer asOf = random.nextInt(3) == 0 ? null : random.nextInt(3);
        return claim(dataset, row, random.nextInt(9), asOf, items.toArray(String[]::new));
    }

    private String valueSet(String subject, String ga, String hrss) {
        return evaluate(subject, List.of(claim(GA, "", 1, null, "name", ga), claim(HRSS, "", 1, null, "name", hrss)))
                .conflicts()
                .getFirst()
                .valueSet();
    }

    private Outcome evaluate(Claim... claims) {
        return evaluate("S", Arrays.asList(claims));
    }

    private Outcome evaluate(String subject, List<Claim> claims) {
        Map<String, List<Claim>> byDataset = new LinkedHashMap<>();
        claims.forEach(claim -> byDataset
                .computeIfAbsent(claim.dataset(), d -> new ArrayList<>())
                .add(claim));
        var key = new SecretKeySpec(new byte[] {1, 2, 3}, "HmacSHA256");
        return new Reconciler(base, new Divisions(Map.of(), Map.of(), Map.of()), new ValueSets(key))
                .evaluate(subject, byDataset);
    }

    private static Claim claim(String dataset, String row, int commit, @Nullable Integer asOf, String... items) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < items.length; i += 2) {
            values.put(items[i], items[i + 1]);
        }
        return new Claim(dataset, row, pos(commit), Instant.EPOCH, asOf, values);
    }

    private static Pos pos(int commit) {
        return new Pos(1, commit, 0, 0);
    }

    private static BaseItemPlan item(String name, List<String> order, List<String> verify, Comparison compare) {
        return new BaseItemPlan(
                name, name, new ItemType.Text(50), order, verify, compare, 1, Mask.KEEP, ShareClass.CONDITIONAL);
    }

    private static BasePlan base(List<BaseItemPlan> items, List<List<String>> groups) {
        Map<String, BaseItemPlan> byName = new LinkedHashMap<>();
        items.forEach(item -> byName.put(item.name(), item));
        Topic topic = new Topic("base.people", 1, Policy.KEYED, null);
        return new BasePlan("people", "people", SubjectKind.PERSON, byName, groups, topic);
    }
}
