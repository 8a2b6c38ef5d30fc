package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Divisions;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what rows say of who they are about, as a base database tells the subjects of its kind apart. Not thread-safe. */
final class TraitReader {
    private final String issuer;
    private final Set<String> unknown;
    private final ItemRule name;
    private final @Nullable ItemRule birth;
    private final @Nullable ItemRule sex;

    /** @throws IllegalArgumentException if the base has no item that is the name: the catalogue's checks don't let that through */
    TraitReader(BasePlan base, BasePlan.Identity plan, Divisions divisions) {
        Comparisons comparisons = new Comparisons(divisions);
        ItemRule named = rule(base, plan.name(), comparisons);
        if (named == null) {
            throw new IllegalArgumentException("base " + base.name() + " has no item " + plan.name());
        }
        this.issuer = plan.issuer();
        this.unknown = Set.copyOf(plan.unknown());
        this.name = named;
        this.birth = rule(base, plan.birth(), comparisons);
        this.sex = rule(base, plan.sex(), comparisons);
    }

    private static @Nullable ItemRule rule(BasePlan base, String item, Comparisons comparisons) {
        BasePlan.BaseItemPlan plan = base.items().get(item);
        return plan == null ? null : new ItemRule(plan, comparisons);
    }

    /** The dataset of the agency that issues the identifiers. */
    String issuer() {
        return issuer;
    }

    /** The datasets whose rows are told apart, in the order of leading: the issuer's first. */
    List<String> order() {
        Set<String> speakers = new LinkedHashSet<>(Set.of(issuer));
        speakers.addAll(name.speakers());
        return List.copyOf(speakers);
    }

    /** The datasets whose rows may say enough to be told apart by. */
    Set<String> tellers() {
        Set<String> others = new HashSet<>();
        Stream.of(birth, sex).filter(Objects::nonNull).forEach(rule -> others.addAll(rule.speakers()));
        others.retainAll(name.speakers());
        return Set.copyOf(others);
    }

    /**
     * Whether all rows say the same name, or the same birth date and sex, sign for sign: then none of them is about somebody else. Most subjects'
     * rows do, and this costs less than comparing them.
     *
     * @param order the datasets whose rows are looked at
     */
    boolean alike(List<String> order, Map<String, List<Claim>> claims) {
        return one(name, order, claims) || (one(birth, order, claims) && one(sex, order, claims));
    }

    private boolean one(@Nullable ItemRule rule, List<String> order, Map<String, List<Claim>> claims) {
        Object one = null;
        for (int i = 0; i < order.size(); i++) {
            for (Claim claim : claims.getOrDefault(order.get(i), List.of())) {
                Object value = value(rule, claim);
                if (one != null && value != null && !one.equals(value)) {
                    return false;
                }
                one = value == null ? one : value;
            }
        }
        return true;
    }

    Traits read(Claim claim) {
        return new Traits(claim, said(name, claim), said(birth, claim), said(sex, claim));
    }

    /** The compared form of an item; null: the row says nothing of it, or the dataset is not asked for it. */
    private @Nullable String said(@Nullable ItemRule rule, Claim claim) {
        Object value = value(rule, claim);
        return rule == null || value == null ? null : rule.normal(value);
    }

    private @Nullable Object value(@Nullable ItemRule rule, Claim claim) {
        if (rule == null || !rule.speakers().contains(claim.dataset())) {
            return null;
        }
        Object value = rule.compared(claim);
        boolean nothing =
                value == null || value == Withdrawn.VALUE || (rule == sex && unknown.contains(value.toString()));
        return nothing ? null : value;
    }
}
