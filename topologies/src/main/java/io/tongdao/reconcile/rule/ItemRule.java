package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.Strategy;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One golden item's rule, ready to be applied. */
final class ItemRule {
    private final BaseItemPlan plan;
    private final List<String> order;
    private final Strategy strategy;
    private final Map<String, Map<String, String>> tables;
    private final Comparisons comparisons;
    private final Set<String> speakers;

    ItemRule(BaseItemPlan plan, Comparisons comparisons) {
        this.plan = plan;
        this.order = plan.order();
        this.strategy = plan.strategy();
        this.tables = plan.compare() instanceof Comparison.Code code ? code.tables() : Map.of();
        this.comparisons = comparisons;
        Set<String> all = new LinkedHashSet<>(order);
        all.addAll(plan.verify());
        this.speakers = Collections.unmodifiableSet(all);
    }

    /** Whoever is heard on the item: those that can win in their order, then those that verify. */
    Set<String> speakers() {
        return speakers;
    }

    String name() {
        return plan.name();
    }

    BaseItemPlan plan() {
        return plan;
    }

    /**
     * What a row says of the item, in the golden item's own code table.
     *
     * @return null: nothing, or a code that has no equal there
     */
    @Nullable
    Object value(Claim claim) {
        Object value = claim.items().get(plan.name());
        Map<String, String> table = tables.isEmpty() ? null : tables.get(claim.dataset());
        return table == null || value == null || value == Withdrawn.VALUE ? value : table.get(value.toString());
    }

    /** The same where it is only compared: a code without an equal differs from all. */
    @Nullable
    Object compared(Claim claim) {
        Object value = value(claim);
        Object said = claim.items().get(plan.name());
        return value == null && said != null ? "\ue000" + said : value;
    }

    boolean same(Object a, Object b) {
        return comparisons.same(plan.compare(), a, b);
    }

    String normal(Object value) {
        return comparisons.normal(plan.compare(), value);
    }

    /** Who gives the item its value; null: nobody has one. */
    @Nullable
    Choice choose(Spoken spoken) {
        return switch (strategy) {
            case Strategy.Led led -> first(spoken, GoldenRecord.Rule.SOURCE_OF_RECORD, GoldenRecord.Rule.FALLBACK);
            case Strategy.MostRecent recent -> mostRecent(spoken, recent);
            case Strategy.Trust trust -> new Trusted(this, order, trust, spoken).choose();
            case Strategy.Agree agree -> agreed(spoken, agree.sources());
        };
    }

    /** The row that speaks for a dataset and has a value here. */
    @Nullable
    Claim speaker(Spoken spoken, String dataset) {
        Claim claim = spoken.by(dataset, plan.name());
        return claim == null || value(claim) == null ? null : claim;
    }

    private @Nullable Choice first(Spoken spoken, GoldenRecord.Rule first, GoldenRecord.Rule later) {
        for (int i = 0; i < order.size(); i++) {
            Claim claim = speaker(spoken, order.get(i));
            if (claim != null) {
                return new Choice(claim, i == 0 ? first : later);
            }
        }
        return null;
    }

    private @Nullable Choice mostRecent(Spoken spoken, Strategy.MostRecent recent) {
        long newest = recent.maxAge() == null ? EventTime.UNKNOWN : spoken.newest(order);
        long oldest = recent.maxAge() == null || newest == EventTime.UNKNOWN
                ? EventTime.UNKNOWN
                : EventTime.before(newest, recent.maxAge());
        Claim best = null;
        for (int i = 0; i < order.size(); i++) {
            Claim claim = speaker(spoken, order.get(i));
            if (claim != null && EventTime.of(claim.asOf()) >= oldest && (best == null || later(claim, best))) {
                best = claim;
            }
        }
        return best == null ? null : new Choice(best, GoldenRecord.Rule.MOST_RECENT);
    }

    private static boolean later(Claim claim, Claim best) {
        return EventTime.of(claim.asOf()) > EventTime.of(best.asOf());
    }

    private @Nullable Choice agreed(Spoken spoken, int wanted) {
        Claim best = null;
        int most = wanted - 1;
        for (int i = 0; i < order.size(); i++) {
            Claim claim = speaker(spoken, order.get(i));
            int agree = claim == null ? 0 : agreeing(spoken, claim);
            if (agree > most) {
                most = agree;
                best = claim;
            }
        }
        return best == null
                ? first(spoken, GoldenRecord.Rule.AGREE_ORDER, GoldenRecord.Rule.AGREE_ORDER)
                : new Choice(best, GoldenRecord.Rule.AGREE);
    }

    private int agreeing(Spoken spoken, Claim claim) {
        Object value = value(claim);
        int agree = 0;
        for (int i = 0; i < order.size(); i++) {
            Claim other = speaker(spoken, order.get(i));
            Object said = other == null ? null : value(other);
            if (value != null && said != null && alike(value, said)) {
                agree++;
            }
        }
        return agree;
    }

    /** Taking an item back agrees with taking it back, and contradicts no value. */
    private boolean alike(Object a, Object b) {
        return (a == Withdrawn.VALUE || b == Withdrawn.VALUE) ? a == b : same(a, b);
    }

    /** Whether two values are told apart. */
    boolean differ(Object a, Object b) {
        return !alike(a, b);
    }
}
