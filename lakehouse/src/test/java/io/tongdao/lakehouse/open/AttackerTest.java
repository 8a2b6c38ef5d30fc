package io.tongdao.lakehouse.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.PublicationPlan.Bounds;
import io.tongdao.contract.open.PublicationPlan.Item;
import io.tongdao.contract.open.PublicationPlan.Role;
import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.lakehouse.open.Anonymiser.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random tables that live on, published again and again, against an attacker who keeps every version and tries every combination of their
 * groups; and the choice of rungs against one that tries them all.
 */
class AttackerTest {
    private static final int VERSIONS = 4;
    private static final Divisions NOWHERE = new Divisions(Map.of(), Map.of(), Map.of());

    private static PublicationPlan plan(Bounds bounds) {
        Map<String, Item> items = new LinkedHashMap<>();
        items.put(
                "industry",
                new Item(
                        "industry",
                        "行业",
                        new ItemType.Code("X"),
                        List.of(Rung.KEEP, Rung.HEAD1, Rung.DROP),
                        Role.QUASI));
        items.put("state", new Item("state", "状态", new ItemType.Code("Y"), List.of(Rung.KEEP), Role.SENSITIVE));
        items.put(
                "founded",
                new Item(
                        "founded",
                        "成立日期",
                        new ItemType.Date(),
                        List.of(Rung.YEAR, Rung.BAND5, Rung.BAND10, Rung.DROP),
                        Role.QUASI));
        return new PublicationPlan(
                "p", "标题", "a.b", items, ShareClass.CONDITIONAL, "530000", "yearly", "许可", "联系", "a", bounds);
    }

    /** A table that lives: rows come, go, come back and move. */
    private static final class Life {
        private final SplittableRandom random;
        private final Map<String, List<@Nullable String>> rows = new HashMap<>();
        private final Map<String, List<@Nullable String>> away = new HashMap<>();
        private int next;

        Life(long seed, int size) {
            random = new SplittableRandom(seed);
            come(size);
        }

        private void come(int count) {
            for (int n = 0; n < count; n++) {
                rows.put("t" + (random.nextInt(1_000) * 10_000 + next++), row());
            }
        }

        private List<@Nullable String> row() {
            return Arrays.asList(
                    "AB".charAt(random.nextInt(2)) + Integer.toString(random.nextInt(3)),
                    random.nextInt(12) == 0 ? null : "s" + random.nextInt(5),
                    (2000 + random.nextInt(12)) + "-01-01");
        }

        void year() {
            List<String> keys = new ArrayList<>(rows.keySet());
            keys.sort(String::compareTo);
            for (String key : keys) {
                switch (random.nextInt(40)) {
                    case 0 -> away.put(key, Objects.requireNonNull(rows.remove(key)));
                    case 1 -> rows.put(key, row());
                    default -> {}
                }
            }
            if (random.nextInt(2) == 0) {
                rows.putAll(away);
                away.clear();
            }
            come(random.nextInt(12));
        }

        List<Draft.Row> now() {
            return rows.entrySet().stream()
                    .map(row -> new Draft.Row(row.getKey(), subject(row.getKey()), row.getValue()))
                    .toList();
        }
    }

    /** Every tenth row is about somebody who has another one. */
    private static String subject(String token) {
        return token.endsWith("1") ? token.substring(0, token.length() - 1) + "0" : token;
    }

    /** What the attacker kept of one version: the rows of each group, and what was told of each row. */
    private record Version(List<Set<String>> groups, Map<String, String> told) {
        Set<String> all() {
            return groups.stream().flatMap(Set::stream).collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noCombinationOfVersionsTellsOneFromFewerThanK(long seed) {
        // Given
        Bounds bounds = new Bounds(2 + (int) (seed % 4), 1 + (int) (seed % 3), 60);
        Life life = new Life(seed, 60 + 20 * (int) (seed % 5));
        List<Version> versions = new ArrayList<>();
        List<Remembered> before = List.of();
        // When
        for (int n = 0; n < VERSIONS; n++) {
            Draft draft = new Draft(plan(bounds), new Generaliser(NOWHERE), value -> "#" + value, life.now(), before);
            if (new Anonymiser(draft.snapshot(), bounds).search()
                    instanceof Result.Found(Outcome outcome, double loss)) {
                versions.add(version(draft, outcome, life.now()));
                before = draft.remember(outcome);
            }
            life.year();
        }
        // Then
        assertThat(versions).as("seed %d", seed).isNotEmpty();
        attack(versions, 0, null, new HashSet<>(), bounds, "seed " + seed + " ");
    }

    private static Version version(Draft draft, Outcome outcome, List<Draft.Row> rows) {
        Map<String, Draft.Row> byToken = rows.stream().collect(Collectors.toMap(Draft.Row::token, row -> row));
        List<String> tokens = byToken.keySet().stream().sorted().toList();
        Map<Integer, Set<String>> groups = new HashMap<>();
        Map<String, String> told = new HashMap<>();
        for (int n = 0; n < tokens.size(); n++) {
            if (outcome.group()[n] != Outcome.LEFT_OUT) {
                groups.computeIfAbsent(outcome.group()[n], group -> new HashSet<>())
                        .add(tokens.get(n));
                String state = byToken.get(tokens.get(n)).values().get(1);
                told.put(tokens.get(n), state == null ? "" : state);
            }
        }
        assertThat(draft.table(outcome)).hasSize(told.size());
        return new Version(asSeen(groups, byToken, draft, outcome), told);
    }

    /** An attacker sees what is equal, not by which numbers the search knew it: rows of one look are one group to him. */
    private static List<Set<String>> asSeen(
            Map<Integer, Set<String>> groups, Map<String, Draft.Row> rows, Draft draft, Outcome outcome) {
        Generaliser generaliser = new Generaliser(NOWHERE);
        Map<String, Rung> rungs = draft.rungs(outcome);
        Map<List<@Nullable String>, Set<String>> looks = new HashMap<>();
        groups.values().stream().flatMap(Set::stream).forEach(token -> {
            List<@Nullable String> values = rows.get(token).values();
            looks.computeIfAbsent(
                            Arrays.asList(
                                    generaliser.on(rungs.get("industry"), new ItemType.Code("X"), values.get(0)),
                                    generaliser.on(rungs.get("founded"), new ItemType.Date(), values.get(2))),
                            look -> new HashSet<>())
                    .add(token);
        });
        return List.copyOf(looks.values());
    }

    /** In each version one of its groups, or none of them: whoever is in all of these is one of so many. */
    private static void attack(
            List<Version> versions, int next, @Nullable Set<String> left, Set<String> seen, Bounds bounds, String how) {
        if (next == versions.size()) {
            if (left != null && !left.isEmpty()) {
                assertThat(left.stream().map(AttackerTest::subject).distinct())
                        .as(how)
                        .hasSizeGreaterThanOrEqualTo(bounds.k());
                Set<String> values =
                        left.stream().map(row -> last(versions, row)).collect(Collectors.toSet());
                values.remove("");
                assertThat(values).as(how).hasSizeGreaterThanOrEqualTo(bounds.l());
            }
            return;
        }
        Version version = versions.get(next);
        for (Set<String> group : version.groups()) {
            attack(versions, next + 1, cut(left, group, seen), seen, bounds, how + "in ");
        }
        Set<String> absent = left == null ? null : new HashSet<>(left);
        if (absent != null) {
            absent.removeAll(version.all());
        }
        Set<String> passed = new HashSet<>(seen);
        passed.addAll(version.all());
        attack(versions, next + 1, absent, passed, bounds, how + "absent ");
    }

    /** @param seen those of whom it was said that they are absent from a version that they are in */
    private static Set<String> cut(@Nullable Set<String> left, Set<String> group, Set<String> seen) {
        Set<String> cut = new HashSet<>(group);
        if (left == null) {
            cut.removeAll(seen);
        } else {
            cut.retainAll(left);
        }
        return cut;
    }

    private static String last(List<Version> versions, String row) {
        return versions.reversed().stream()
                .filter(version -> version.told().containsKey(row))
                .findFirst()
                .map(version -> version.told().get(row))
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noOtherChoiceOfRungsLosesLess(long seed) {
        // Given
        Bounds bounds = new Bounds(2 + (int) (seed % 5), 1 + (int) (seed % 3), (int) (seed % 4) * 10);
        List<Draft.Row> rows = new Life(seed, 30 + (int) (seed % 7) * 15).now();
        Draft draft = new Draft(plan(bounds), new Generaliser(NOWHERE), value -> value, rows, List.of());
        // When
        Result result = new Anonymiser(draft.snapshot(), bounds).search();
        // Then
        double least = 2;
        for (int industry = 0; industry < 3; industry++) {
            for (int founded = 0; founded < 4; founded++) {
                double published = published(rows, industry, founded, bounds);
                boolean within = rows.size() - published <= Math.floor(rows.size() * bounds.suppressPercent() / 100.0);
                double mean = (industry / 2.0 + founded / 3.0) / 2;
                double loss = (published * mean + (rows.size() - published)) / rows.size();
                least = within && published > 0 ? Math.min(least, loss) : least;
            }
        }
        if (result instanceof Result.Found(Outcome outcome, double loss)) {
            assertThat(loss).as("seed %d", seed).isCloseTo(least, org.assertj.core.data.Offset.offset(1e-9));
        } else {
            assertThat(least)
                    .as("seed %d: refused though something was possible", seed)
                    .isEqualTo(2);
        }
    }

    static Stream<Long> seeds() {
        return Stream.iterate(100L, seed -> seed + 1).limit(60);
    }

    private static int published(List<Draft.Row> rows, int industry, int founded, Bounds bounds) {
        Map<String, List<Draft.Row>> groups = rows.stream().collect(Collectors.groupingBy(row -> {
            String code = row.values().get(0);
            int year = Integer.parseInt(row.values().get(2).substring(0, 4));
            return List.of(code, code.substring(0, 1), "").get(industry) + "|"
                    + List.of(year, year / 5, year / 10, 0).get(founded);
        }));
        return groups.values().stream()
                .filter(group ->
                        group.stream().map(Draft.Row::subject).distinct().count() >= bounds.k())
                .filter(group -> group.stream()
                                .map(row -> row.values().get(1))
                                .filter(Objects::nonNull)
                                .distinct()
                                .count()
                        >= bounds.l())
                .mapToInt(List::size)
                .sum();
    }

    @Test
    void aNewcomerWaitsForOthersAndOneWhoLeavesTakesOthersAlong() {
        // Given
        Bounds bounds = new Bounds(3, 1, 50);
        List<Draft.Row> first = rows(0, 10);
        Draft before = new Draft(plan(bounds), new Generaliser(NOWHERE), value -> value, first, List.of());
        List<Remembered> kept = before.remember(found(before, bounds));
        // When
        Outcome joined =
                found(new Draft(plan(bounds), new Generaliser(NOWHERE), value -> value, rows(0, 11), kept), bounds);
        Outcome left =
                found(new Draft(plan(bounds), new Generaliser(NOWHERE), value -> value, rows(1, 10), kept), bounds);
        // Then
        assertThat(joined.suppressed()).as("the eleventh").isEqualTo(1);
        assertThat(joined.published()).isEqualTo(10);
        assertThat(left.suppressed()).as("two beside the one who left").isEqualTo(2);
        assertThat(left.published()).isEqualTo(7);
    }

    @Test
    void whatWouldLeaveTooManyOutIsRefusedWithNumbers() {
        // Given
        Bounds bounds = new Bounds(5, 1, 10);
        Draft draft = new Draft(plan(bounds), new Generaliser(NOWHERE), value -> value, rows(0, 4), List.of());
        // When
        Result result = new Anonymiser(draft.snapshot(), bounds).search();
        // Then
        assertThat(result).isInstanceOfSatisfying(Result.Refused.class, refused -> {
            assertThat(refused.limit()).isZero();
            assertThat(refused.nearest().suppressed()).isEqualTo(4);
        });
    }

    private static List<Draft.Row> rows(int from, int to) {
        return Stream.iterate(from, n -> n + 1)
                .limit(to - from)
                .map(n -> new Draft.Row("t%03d".formatted(n), "t" + n, List.of("A1", "s" + n % 3, "2001-01-01")))
                .toList();
    }

    private static Outcome found(Draft draft, Bounds bounds) {
        return ((Result.Found) new Anonymiser(draft.snapshot(), bounds).search()).outcome();
    }
}
