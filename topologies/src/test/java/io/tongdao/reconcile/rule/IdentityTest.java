package io.tongdao.reconcile.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.dispute.IdentityRuling.Decision;
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
import io.tongdao.reconcile.rule.Identity.Apart;
import io.tongdao.reconcile.rule.Identity.Judged;
import io.tongdao.reconcile.rule.Identity.Ruled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is told apart: rows as {@code dataset|row name birth sex}, {@code -} for nothing said. */
class IdentityTest {
    private static final long SEED = 20260311;
    private static final String SUBJECT = "530102199003071238";
    private final Identity identity = identity();

    static Stream<Arguments> rows() {
        return Stream.of(
                // The issuer's row leads, whatever else there is.
                told(List.of("ga| 张三 7370 1", "jyt| 李四 6000 2"), "jyt|"),
                told(List.of("ga| 张三 7370 1", "jyt| 李四 6000 1"), "jyt|"),
                told(List.of("ga| 张三 7370 1", "jyt| 李四 7370 2"), "jyt|"),
                // One difference is a discrepancy, not another person.
                told(List.of("ga| 张三 7370 1", "jyt| 李四 7370 1")),
                told(List.of("ga| 张三 7370 1", "jyt| 张三 6000 2")),
                told(List.of("ga| 张三 7370 1", "jyt| 李四 - -")),
                told(List.of("ga| 张三 7370 1", "jyt| - 6000 2")),
                // The same in other signs, and a sex that nobody knows.
                told(List.of("ga| 阿依古丽·买买提 7370 2", "jyt| 阿依古丽•买买提 6000 1")),
                told(List.of("ga| 张三 7370 1", "jyt| 李四 7370 0")),
                // Without the issuer the first source of the name that says enough leads.
                told(List.of("hrss|1 李四 - -", "hrss|2 张三 7370 1", "jyt|9 李四 6000 2"), "hrss|1", "jyt|9"),
                told(List.of("jyt|1 张三 7370 1", "jyt|2 李四 6000 2"), "jyt|2"),
                // A name goes with whom it names.
                told(List.of("ga| 张三 7370 1", "jyt| 李四 6000 2", "hrss|1 李四 - -", "hrss|2 王五 - -"), "jyt|", "hrss|1"),
                // Rows of the issuer: the one that is written with the number of the key, or nobody.
                told(List.of("ga| 张三 7370 1", "ga|7 李四 7370 2"), "ga|7"),
                told(List.of("ga|7 张三 7370 1", "ga|8 李四 7370 2", "hrss|1 张三 - -"), "ga|7", "ga|8", "hrss|1"),
                told(List.of("ga|7 张三 7370 1", "ga|8 张三 7370 1", "hrss|1 张三 - -")),
                told(List.of("ga|7 张三 7370 1", "jyt| 李四 6000 2"), "jyt|"));
    }

    private static Arguments told(List<String> rows, String... apart) {
        return Arguments.of(rows, List.of(apart));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whoIsToldApart(List<String> rows, List<String> apart) {
        // When
        Judged judged = identity.judge(SUBJECT, claims(rows), Map.of());

        // Then
        assertThat(missing(rows, judged)).containsExactlyInAnyOrderElementsOf(apart);
    }

    @Test
    void aRulingThatTheyAreTheSameIsHeardUntilTheRowChanges() {
        // Given
        List<String> rows = List.of("ga| 张三 7370 1", "jyt| 李四 6000 2", "hrss|1 李四 - -");
        List<String> changed = List.of("ga| 张三 7370 1", "jyt| 李四 6000 1", "hrss|1 李四 - -");
        Map<String, Ruled> same = Map.of("jyt.d|", ruled(rows, "jyt|", Decision.SAME));

        // When
        Judged after = identity.judge(SUBJECT, claims(rows), same);
        Judged later = identity.judge(SUBJECT, claims(changed), same);

        // Then
        assertThat(after.apart()).isEmpty();
        assertThat(missing(changed, later)).containsExactlyInAnyOrder("jyt|", "hrss|1");
    }

    @Test
    void aRulingThatTheyAreTwoSettlesItAndNothingIsHeardOfTheOther() {
        // Given
        List<String> rows = List.of("ga| 张三 7370 1", "jyt| 李四 6000 2");
        Map<String, Ruled> different = Map.of("jyt.d|", ruled(rows, "jyt|", Decision.DIFFERENT));

        // When
        Judged after = identity.judge(SUBJECT, claims(rows), different);

        // Then
        assertThat(after.apart()).singleElement().matches(Apart::settled);
        assertThat(after.together()).containsOnlyKeys("ga.d");
    }

    @ParameterizedTest
    @MethodSource("contests")
    void aRulingSaysWhoseTheSharedNumberIs(String row, Decision decision) {
        // Given
        List<String> rows = List.of("ga|7 张三 7370 1", "ga|8 李四 7370 2", "hrss|1 李四 - -");
        Map<String, Ruled> ruling = Map.of(row.replace("|", ".d|"), ruled(rows, row, decision));

        // When
        Judged after = identity.judge(SUBJECT, claims(rows), ruling);

        // Then
        assertThat(missing(rows, after)).containsExactlyInAnyOrder("ga|8", "hrss|1");
    }

    static Stream<Arguments> contests() {
        return Stream.of(Arguments.of("ga|7", Decision.SAME), Arguments.of("ga|8", Decision.DIFFERENT));
    }

    /** Any rows in any order: nothing is lost, nobody who collides with who leads is heard, and the order says nothing. */
    @Test
    void noTwoCollidingRowsAreEverHeardBesideTheLeader() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            // Given
            List<String> rows = new ArrayList<>();
            for (int n = random.nextInt(6); n >= 0; n--) {
                rows.add("%s|%d %s %s %s"
                        .formatted(
                                one(random, "ga", "jyt", "hrss"),
                                n,
                                one(random, "张三", "李四", "王五", "-"),
                                one(random, "7370", "6000", "-"),
                                one(random, "1", "2", "9", "-")));
            }
            List<String> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, random);

            // When
            Judged judged = identity.judge(SUBJECT, claims(rows), Map.of());
            Judged again = identity.judge(SUBJECT, claims(shuffled), Map.of());

            // Then
            assertThat(missing(rows, again))
                    .as("seed %d round %d %s", SEED, round, rows)
                    .isEqualTo(missing(rows, judged));
            judged.together()
                    .getOrDefault("ga.d", List.of())
                    .forEach(a -> judged.together()
                            .getOrDefault("ga.d", List.of())
                            .forEach(b -> assertThat(collide(a, b))
                                    .as(rows.toString())
                                    .isFalse()));
        }
    }

    private static boolean collide(Claim a, Claim b) {
        return differ(a, b, "name") && (differ(a, b, "birth") || (differ(a, b, "sex") && known(a) && known(b)));
    }

    private static boolean known(Claim claim) {
        return !"9".equals(claim.items().get("sex"));
    }

    private static boolean differ(Claim a, Claim b, String item) {
        Object one = a.items().get(item);
        Object other = b.items().get(item);
        return one != null && other != null && !one.equals(other);
    }

    private static String one(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private Ruled ruled(List<String> rows, String row, Decision decision) {
        return identity.judge(SUBJECT, claims(rows), Map.of()).apart().stream()
                .filter(apart -> key(apart.claim()).equals(row))
                .map(apart -> new Ruled(decision, apart.compared()))
                .findFirst()
                .orElseThrow();
    }

    private static TreeSet<String> missing(List<String> rows, Judged judged) {
        TreeSet<String> missing = rows.stream()
                .map(row -> row.substring(0, row.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
        judged.together().values().forEach(said -> said.forEach(claim -> missing.remove(key(claim))));
        return missing;
    }

    private static String key(Claim claim) {
        return claim.dataset().replace(".d", "") + '|' + claim.row();
    }

    private static Map<String, List<Claim>> claims(List<String> rows) {
        Map<String, List<Claim>> claims = new HashMap<>();
        for (String text : rows) {
            String[] parts = text.split(" ");
            String dataset = parts[0].substring(0, parts[0].indexOf('|')) + ".d";
            Map<String, Object> items = new HashMap<>();
            put(items, "name", parts[1]);
            put(items, "birth", parts[2].equals("-") ? null : Integer.valueOf(parts[2]));
            put(items, "sex", parts[3]);
            String row = parts[0].substring(parts[0].indexOf('|') + 1);
            claims.computeIfAbsent(dataset, d -> new ArrayList<>())
                    .add(new Claim(dataset, row, new Pos(1, 1, 1, 0), null, null, items));
        }
        return claims;
    }

    private static void put(Map<String, Object> items, String item, @Nullable Object value) {
        if (value != null && !value.equals("-")) {
            items.put(item, value);
        }
    }

    private static Identity identity() {
        Map<String, BaseItemPlan> items = new LinkedHashMap<>();
        item(items, "name", new ItemType.Text(50), List.of("hrss.d", "jyt.d"), Comparison.HAN_NAME);
        item(items, "birth", new ItemType.Date(), List.of("hrss.d", "jyt.d"), Comparison.DATE);
        item(items, "sex", new ItemType.Code("sex"), List.of("hrss.d", "jyt.d"), Comparison.CODE);
        Topic topic = new Topic(
                "base.people",
                1,
                Policy.KEYED,
                SchemaBuilder.record("people").fields().endRecord());
        BasePlan base = new BasePlan(
                "people",
                "people",
                SubjectKind.PERSON,
                items,
                List.of(),
                topic,
                Map.of(),
                List.of(),
                Map.of(),
                new BasePlan.Identity("name", "birth", "sex", "ga.d", List.of("0", "9")));
        Identity identity = Identity.of(
                List.of(base),
                new Divisions(Map.of(), Map.of(), Map.of()),
                new ValueSets(new SecretKeySpec(new byte[32], "HmacSHA256")));
        return java.util.Objects.requireNonNull(identity);
    }

    private static void item(
            Map<String, BaseItemPlan> items, String name, ItemType type, List<String> verify, Comparison compare) {
        items.put(
                name,
                new BaseItemPlan(
                        name, name, type, List.of("ga.d"), verify, compare, 2, Mask.KEEP, ShareClass.CONDITIONAL));
    }
}
