package io.tongdao.ops.province;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ThemePlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's own reading of thematic tables: which rows each has, and what stands in them. What others' rows say is learnt first, of those
 * subjects only that some row names.
 */
final class ThemeRules {
    private final Plan plan;
    private final List<ThemePlan> themes;
    private final OtherSubjects others;
    private final Map<String, GoldenRules> golden;
    /** Those that show something of other subjects than their rows'. */
    private final List<ThemePlan> asking;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, Said> learnt = new ConcurrentHashMap<>();

    /**
     * A subject in hand.
     *
     * @param claims of all kinds, without those that are about somebody else
     * @param said what the sources say of it, as far as it was asked
     */
    private record Hand(List<Claimed> claims, Map<String, Said> said) {
        List<Claimed> of(SubjectKind kind) {
            return claims.stream().filter(claim -> claim.kind() == kind).toList();
        }

        String subject() {
            return claims.getFirst().subject();
        }
    }

    /** What a source says of a subject: values by the source's names, and which are disputed. */
    private record Said(Map<String, @Nullable String> items, Set<String> disputed) {
        static final Said NOTHING = new Said(Map.of(), Set.of());
    }

    /** A row of a thematic table. */
    record ThemeRow(
            ThemePlan theme,
            SubjectKind kind,
            String subject,
            String row,
            Map<String, @Nullable String> items,
            Set<String> disputed) {
        String key() {
            return row.isEmpty() ? subject : subject + '|' + row;
        }

        @Override
        public String toString() {
            return "ThemeRow[" + theme.id() + "]";
        }
    }

    ThemeRules(Plan plan) {
        this.plan = plan;
        this.others = new OtherSubjects(plan);
        this.themes = plan.themes().values().stream()
                .filter(theme -> theme.sources().stream().allMatch(this::known))
                .toList();
        this.asking = themes.stream()
                .filter(theme -> theme.items().values().stream()
                        .anyMatch(item -> !item.by().isEmpty()))
                .toList();
        this.golden = GoldenRules.all(plan);
    }

    /** Every dataset behind it is one of the sample province's. */
    private boolean known(String source) {
        if (plan.datasets().containsKey(source)) {
            return SourceRows.known(source);
        }
        return base(source).items().values().stream()
                .flatMap(item -> item.order().stream())
                .allMatch(SourceRows::known);
    }

    /** {@code theme_<database>.<table>} → columns. */
    Map<String, Set<String>> tables() {
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        for (ThemePlan theme : themes) {
            Set<String> columns = new LinkedHashSet<>(theme.items().keySet());
            columns.add(BasePlan.DISPUTED);
            tables.put(table(theme), columns);
        }
        return tables;
    }

    static String table(ThemePlan theme) {
        return "theme_" + theme.id();
    }

    /** Whether a table shows something of other subjects than its rows': then the databases are read for that before. */
    boolean asks() {
        return !asking.isEmpty();
    }

    /** Notes whom a subject's rows name. */
    void note(List<Claimed> claims) {
        Hand hand = hand(claims);
        for (ThemePlan theme : asking) {
            rows(theme, hand)
                    .forEach(row -> theme.items().values().stream()
                            .filter(item -> !item.by().isEmpty())
                            .forEach(item -> asked.add(others.key(theme, item, row.items()))));
        }
    }

    /** Keeps what a subject's rows say, if anybody asked. */
    void learn(List<Claimed> claims) {
        Hand hand = hand(claims);
        for (ThemePlan theme : asking) {
            for (ThemePlan.Item item : theme.items().values()) {
                SubjectKind kind =
                        item.by().isEmpty() ? null : others.subject(theme, item).kind();
                String key = item.source() + ' ' + claims.getFirst().subject();
                if (kind != null && asked.contains(key)) {
                    learnt.computeIfAbsent(key, k -> said(item.source(), kind, hand));
                }
            }
        }
    }

    /** The rows about a subject that tables must have. */
    List<ThemeRow> of(List<Claimed> claims) {
        Hand hand = hand(claims);
        List<ThemeRow> found = new ArrayList<>();
        for (ThemePlan theme : themes) {
            for (SourceRow row : rows(theme, hand)) {
                if (inside(theme, row.items())) {
                    found.add(composed(theme, row, hand));
                }
            }
        }
        return found;
    }

    private Hand hand(List<Claimed> claims) {
        List<Claimed> heard = claims.stream()
                .map(Claimed::kind)
                .distinct()
                .flatMap(kind -> GoldenRules.heard(golden, kind, claims).stream())
                .toList();
        return new Hand(heard, new HashMap<>());
    }

    private record SourceRow(
            SubjectKind kind, String subject, String row, Map<String, @Nullable String> items, Set<String> disputed) {}

    private List<SourceRow> rows(ThemePlan theme, Hand hand) {
        if (plan.datasets().containsKey(theme.rows())) {
            return hand.claims.stream()
                    .filter(claim -> claim.dataset().equals(theme.rows()))
                    .map(claim -> new SourceRow(claim.kind(), claim.subject(), claim.row(), claim.items(), Set.of()))
                    .toList();
        }
        SubjectKind kind = base(theme.rows()).kind();
        Said said = said(theme.rows(), kind, hand);
        return said == Said.NOTHING
                ? List.of()
                : List.of(new SourceRow(kind, hand.subject(), "", said.items(), said.disputed()));
    }

    private ThemeRow composed(ThemePlan theme, SourceRow row, Hand hand) {
        Map<String, @Nullable String> items = new LinkedHashMap<>();
        Set<String> disputed = new TreeSet<>();
        for (ThemePlan.Item item : theme.items().values()) {
            if (item.function() != ThemePlan.Function.VALUE) {
                items.put(item.name(), figure(item, hand.of(row.kind())));
                continue;
            }
            Said said = shown(theme, item, row, hand);
            items.put(item.name(), said.items().get(item.sourceItem()));
            if (said.disputed().contains(item.sourceItem())) {
                disputed.add(item.name());
            }
        }
        return new ThemeRow(theme, row.kind(), row.subject(), row.row(), items, disputed);
    }

    private Said shown(ThemePlan theme, ThemePlan.Item item, SourceRow row, Hand hand) {
        if (!item.by().isEmpty()) {
            return learnt.getOrDefault(others.key(theme, item, row.items()), Said.NOTHING);
        }
        return item.source().equals(theme.rows())
                ? new Said(row.items(), row.disputed())
                : said(item.source(), row.kind(), hand);
    }

    /** What a source says of the subject in hand: its golden record, or its newest row whole. */
    private Said said(String source, SubjectKind kind, Hand hand) {
        return hand.said.computeIfAbsent(source + ' ' + kind, s -> {
            List<Claimed> claims = hand.of(kind);
            return claims.isEmpty() ? Said.NOTHING : find(source, claims);
        });
    }

    private Said find(String source, List<Claimed> claims) {
        if (!plan.datasets().containsKey(source)) {
            BasePlan base = base(source);
            return Objects.requireNonNull(golden.get(base.name()))
                    .of(claims)
                    .golden()
                    .map(golden -> new Said(new LinkedHashMap<>(golden.items()), golden.disputed()))
                    .orElse(Said.NOTHING);
        }
        return claims.stream()
                .filter(claim -> claim.dataset().equals(source))
                .max(Comparator.comparing(Claimed::asOf).thenComparing(Claimed::row))
                .map(claim -> new Said(claim.items(), Set.of()))
                .orElse(Said.NOTHING);
    }

    private static @Nullable String figure(ThemePlan.Item item, List<Claimed> claims) {
        List<Claimed> rows = claims.stream()
                .filter(claim -> claim.dataset().equals(item.source()))
                .toList();
        Stream<String> values =
                rows.stream().map(claim -> claim.items().get(item.sourceItem())).filter(Objects::nonNull);
        return switch (item.function()) {
            case COUNT -> Integer.toString(rows.size());
            case SUM ->
                values.map(BigDecimal::new)
                        .reduce(BigDecimal::add)
                        .map(Canonical::text)
                        .orElse(null);
            case LEAST -> values.min(ThemeRules::compared).orElse(null);
            case GREATEST -> values.max(ThemeRules::compared).orElse(null);
            case VALUE -> throw new IllegalArgumentException("a value is no figure");
        };
    }

    /** Numbers by their value; dates in ISO 8601 sort as text. */
    private static int compared(String one, String other) {
        boolean dates = one.indexOf('-', 1) > 0;
        return dates ? one.compareTo(other) : new BigDecimal(one).compareTo(new BigDecimal(other));
    }

    private static boolean inside(ThemePlan theme, Map<String, @Nullable String> row) {
        if (theme.territory().isEmpty()) {
            return true;
        }
        String code = row.get(theme.territory());
        String above = theme.division().replaceFirst("(0000|00)$", "");
        return code != null
                && County.current(code.substring(0, Math.min(6, code.length()))).startsWith(above);
    }

    private BasePlan base(String source) {
        return Objects.requireNonNull(plan.bases().get(Oracle.base(source)), source);
    }
}
