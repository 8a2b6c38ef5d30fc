package io.tongdao.reconcile.rule;

import io.tongdao.contract.dispute.IdentityRuling.Decision;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Divisions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows under one number apart that are about two subjects (art. 24): a wrong merge is worse than a miss. Pure: the same claims and
 * rulings give the same result, in whatever order they came.
 *
 * <ul>
 *   <li>One row leads: the issuer's; where it has none, that of the first source of the name, in the order of its rule, which says a name and a
 *       birth date or sex. Of several rows of a dataset the one whose number was written as it is in the key, then the least row key.
 *   <li>A row that differs from it in the name, and in the birth date or the sex, is set aside as a whole; and with it every row that
 *       differs in the name and has the name of one that is set aside.
 *   <li>Where rows of the issuer itself differ so, and none of them is written with the number of the key (two people who share one of 15
 *       digits), nobody leads and nothing is heard until a ruling says who it is.
 *   <li>A ruling holds for what was compared, and for nothing else.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Identity {
    private final ValueSets valueSets;
    private final String issuer;
    private final Set<String> unknown;
    private final ItemRule name;
    private final @Nullable ItemRule birth;
    private final @Nullable ItemRule sex;
    private final List<String> order;
    private final Set<String> tellers;

    private Identity(BasePlan base, BasePlan.Identity plan, Divisions divisions, ValueSets valueSets) {
        Comparisons comparisons = new Comparisons(divisions);
        this.valueSets = valueSets;
        this.issuer = plan.issuer();
        this.unknown = Set.copyOf(plan.unknown());
        ItemRule named = rule(base, plan.name(), comparisons);
        if (named == null) {
            throw new IllegalArgumentException("base " + base.name() + " has no item " + plan.name());
        }
        this.name = named;
        this.birth = rule(base, plan.birth(), comparisons);
        this.sex = rule(base, plan.sex(), comparisons);
        Set<String> speakers = new LinkedHashSet<>(Set.of(issuer));
        speakers.addAll(named.speakers());
        this.order = List.copyOf(speakers);
        Set<String> others = new HashSet<>();
        Stream.of(birth, sex).forEach(rule -> others.addAll(rule == null ? Set.of() : rule.speakers()));
        others.retainAll(named.speakers());
        this.tellers = Set.copyOf(others);
    }

    private static @Nullable ItemRule rule(BasePlan base, String item, Comparisons comparisons) {
        BasePlan.BaseItemPlan plan = base.items().get(item);
        return plan == null ? null : new ItemRule(plan, comparisons);
    }

    /** As the one of the base databases of a kind says that says it; null: none does. */
    public static @Nullable Identity of(Collection<BasePlan> bases, Divisions divisions, ValueSets valueSets) {
        for (BasePlan base : bases) {
            BasePlan.Identity plan = base.identity();
            if (plan != null) {
                return new Identity(base, plan, divisions, valueSets);
            }
        }
        return null;
    }

    /** A row: {@code dataset|row}. */
    public static String rowOf(Claim claim) {
        return claim.dataset() + '|' + claim.row();
    }

    /** @param compared names what the ruling is about */
    public record Ruled(Decision decision, String compared) {}

    /**
     * A row that is not heard.
     *
     * @param leader the dataset of the row that leads; empty: none does
     * @param compared names what was compared, without telling it
     * @param settled whether a ruling says that it is about somebody else
     */
    public record Apart(Claim claim, String leader, String compared, boolean settled) {}

    /**
     * @param together dataset → rows that are heard
     * @param apart in the order of leading
     */
    public record Judged(Map<String, List<Claim>> together, List<Apart> apart) {}

    /** What a row says of who it is about, in compared form. */
    private record Traits(
            Claim claim,
            @Nullable String name,
            @Nullable String birth,
            @Nullable String sex) {
        boolean tells() {
            return name != null && (birth != null || sex != null);
        }

        boolean namedOtherwise(Traits that) {
            return differ(name, that.name);
        }

        boolean collides(Traits that) {
            return namedOtherwise(that) && (differ(birth, that.birth) || differ(sex, that.sex));
        }

        private static boolean differ(@Nullable String a, @Nullable String b) {
            return a != null && b != null && !a.equals(b);
        }

        @Override
        public String toString() {
            return "Traits[" + claim.dataset() + " ***]";
        }
    }

    /** @param rulings by {@link #rowOf} */
    public Judged judge(String subject, Map<String, List<Claim>> claims, Map<String, Ruled> rulings) {
        int told = 0;
        for (String teller : tellers) {
            told += claims.getOrDefault(teller, List.of()).size();
        }
        if (told < 2) {
            return new Judged(claims, List.of());
        }
        return new Case(subject, claims, rulings).judge();
    }

    /** One subject's rows. */
    private final class Case {
        private final String subject;
        private final Map<String, List<Claim>> claims;
        private final Map<String, Ruled> rulings;
        private final List<Traits> rows;

        Case(String subject, Map<String, List<Claim>> claims, Map<String, Ruled> rulings) {
            this.subject = subject;
            this.claims = claims;
            this.rulings = rulings;
            this.rows = order.stream()
                    .flatMap(dataset ->
                            claims.getOrDefault(dataset, List.of()).stream().sorted(Comparator.comparing(Claim::row)))
                    .map(Identity.this::traits)
                    .toList();
        }

        Judged judge() {
            List<Traits> issued = rows.stream()
                    .filter(row -> row.claim.dataset().equals(issuer) && row.tells())
                    .filter(row -> !ruled(row, own(row), Decision.DIFFERENT))
                    .toList();
            if (issued.isEmpty()) {
                return rows.stream()
                        .filter(Traits::tells)
                        .findFirst()
                        .map(this::against)
                        .orElse(all());
            }
            if (!contested(issued)) {
                return against(issued.getFirst());
            }
            return issued.stream()
                    .filter(row -> ruled(row, own(row), Decision.SAME))
                    .findFirst()
                    .map(this::against)
                    .orElseGet(() -> nobody(issued));
        }

        private Judged all() {
            return new Judged(claims, List.of());
        }

        private static boolean contested(List<Traits> issued) {
            return !issued.getFirst().claim.row().isEmpty()
                    && issued.stream().anyMatch(a -> issued.stream().anyMatch(a::collides));
        }

        private Judged nobody(List<Traits> issued) {
            return new Judged(
                    Map.of(),
                    issued.stream()
                            .map(row -> new Apart(row.claim, "", own(row), false))
                            .toList());
        }

        private Judged against(Traits lead) {
            Map<String, Apart> apart = new LinkedHashMap<>();
            rows.forEach(row -> setAside(lead, row, lead.collides(row), apart));
            if (apart.isEmpty()) {
                return all();
            }
            Set<String> names = new HashSet<>();
            rows.stream().filter(row -> apart.containsKey(rowOf(row.claim))).forEach(row -> names.add(row.name));
            rows.forEach(row -> setAside(lead, row, lead.namedOtherwise(row) && names.contains(row.name), apart));
            return new Judged(without(apart.keySet()), List.copyOf(apart.values()));
        }

        private void setAside(Traits lead, Traits row, boolean differs, Map<String, Apart> apart) {
            String key = rowOf(row.claim);
            if (!differs || apart.containsKey(key)) {
                return;
            }
            String compared = compared(lead, row);
            if (!ruled(row, compared, Decision.SAME)) {
                boolean settled = ruled(row, compared, Decision.DIFFERENT) || ruled(row, own(row), Decision.DIFFERENT);
                apart.put(key, new Apart(row.claim, lead.claim.dataset(), compared, settled));
            }
        }

        private Map<String, List<Claim>> without(Set<String> apart) {
            Map<String, List<Claim>> together = new LinkedHashMap<>();
            claims.forEach((dataset, said) -> {
                List<Claim> kept = new ArrayList<>(said);
                kept.removeIf(claim -> apart.contains(rowOf(claim)));
                if (!kept.isEmpty()) {
                    together.put(dataset, kept);
                }
            });
            return together;
        }

        private boolean ruled(Traits row, String compared, Decision decision) {
            Ruled ruled = rulings.get(rowOf(row.claim));
            return ruled != null
                    && ruled.decision == decision
                    && ruled.compared().equals(compared);
        }

        private String own(Traits row) {
            SortedMap<String, String> values = new TreeMap<>();
            add("row ", row, values);
            return valueSets.name(subject, "", "identity", values);
        }

        private String compared(Traits lead, Traits row) {
            SortedMap<String, String> values = new TreeMap<>();
            add("lead ", lead, values);
            add("row ", row, values);
            return valueSets.name(subject, "", "identity", values);
        }

        private static void add(String whose, Traits row, SortedMap<String, String> values) {
            values.put(whose + "name", row.name == null ? "" : row.name);
            values.put(whose + "birth", row.birth == null ? "" : row.birth);
            values.put(whose + "sex", row.sex == null ? "" : row.sex);
        }
    }

    private Traits traits(Claim claim) {
        return new Traits(claim, said(name, claim), said(birth, claim), said(sex, claim));
    }

    /** The compared form of an item; null: the row says nothing of it, or the dataset is not asked for it. */
    private @Nullable String said(@Nullable ItemRule rule, Claim claim) {
        if (rule == null || !rule.speakers().contains(claim.dataset())) {
            return null;
        }
        Object value = rule.compared(claim);
        if (value == null || value == Withdrawn.VALUE) {
            return null;
        }
        return rule == sex && unknown.contains(value.toString()) ? null : rule.normal(value);
    }
}
