package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.reconcile.rule.GoldenRecord.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one base database (art. 23: 多源校核): claims of all sources about one subject → one golden record and the conflicts.
 * Pure: the same claims give the same result, in whatever order they came.
 *
 * <ul>
 *   <li>The source of record's value wins, else the first fallback that has one. Null never beats a value.
 *   <li>Of several rows of one dataset that have a value, the one with the greatest {@code as_of} speaks; of equal ones the one with
 *       the greatest row key.
 *   <li>The items of a group all come from the row that gave the first of them that has a value.
 *   <li>A golden record exists while at least one item has a value.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Reconciler {
    private static final Comparator<Claim> NEWEST_FIRST = Comparator.<Claim>comparingInt(c -> c.asOf() == null ? 1 : 0)
            .thenComparing(Claim::asOf, Reconciler::laterFirst)
            .thenComparing(Comparator.comparing(Claim::row).reversed());

    private final BasePlan base;
    private final Divisions divisions;
    private final ValueSets valueSets;
    private final Map<String, List<String>> groups = new HashMap<>();

    public Reconciler(BasePlan base, Divisions divisions, ValueSets valueSets) {
        this.base = base;
        this.divisions = divisions;
        this.valueSets = valueSets;
        base.groups().forEach(group -> group.forEach(item -> groups.put(item, group)));
    }

    /** @param conflicts in the order of the items */
    public record Outcome(GoldenRecord golden, List<Conflict> conflicts) {}

    /** @param claims dataset → what its rows say of this subject; may be sorted in place */
    public Outcome evaluate(String subject, Map<String, List<Claim>> claims) {
        claims.values().forEach(rows -> rows.sort(NEWEST_FIRST));
        Map<String, GoldenRecord.Item> items = new LinkedHashMap<>();
        List<Conflict> conflicts = new ArrayList<>();
        for (BaseItemPlan plan : base.items().values()) {
            GoldenRecord.Item item = decide(plan, claims);
            if (item != null) {
                items.put(plan.name(), item);
                Conflict conflict = verify(subject, plan, item, claims);
                if (conflict != null) {
                    conflicts.add(conflict);
                }
            }
        }
        List<String> disputed = conflicts.stream().map(Conflict::item).toList();
        return new Outcome(new GoldenRecord(items, disputed), List.copyOf(conflicts));
    }

    private GoldenRecord.@Nullable Item decide(BaseItemPlan plan, Map<String, List<Claim>> claims) {
        List<String> group = groups.getOrDefault(plan.name(), List.of(plan.name()));
        for (String leader : group) {
            BaseItemPlan leading = base.items().get(leader);
            Claim claim = leading == null ? null : winner(leading, claims);
            if (leading != null && claim != null) {
                return taken(plan.name(), claim, rule(leading, claim));
            }
        }
        return null;
    }

    private static GoldenRecord.@Nullable Item taken(String item, Claim claim, Rule rule) {
        Object value = claim.items().get(item);
        return value == null ? null : new GoldenRecord.Item(value, claim.dataset(), claim.since(), claim.at(), rule);
    }

    private static Rule rule(BaseItemPlan plan, Claim claim) {
        return plan.order().getFirst().equals(claim.dataset()) ? Rule.SOURCE_OF_RECORD : Rule.FALLBACK;
    }

    private static @Nullable Claim winner(BaseItemPlan plan, Map<String, List<Claim>> claims) {
        for (String dataset : plan.order()) {
            Claim claim = spokesman(plan.name(), claims.get(dataset));
            if (claim != null) {
                return claim;
            }
        }
        return null;
    }

    /** The row that speaks for its dataset in this item. */
    private static @Nullable Claim spokesman(String item, @Nullable List<Claim> rows) {
        if (rows != null) {
            for (Claim row : rows) {
                if (row.items().containsKey(item)) {
                    return row;
                }
            }
        }
        return null;
    }

    private @Nullable Conflict verify(
            String subject, BaseItemPlan plan, GoldenRecord.Item item, Map<String, List<Claim>> claims) {
        SortedMap<String, Object> against = null;
        for (String dataset : plan.verify()) {
            Claim other = dataset.equals(item.dataset()) ? null : spokesman(plan.name(), claims.get(dataset));
            Object value = other == null ? null : other.items().get(plan.name());
            if (value != null && !Comparisons.same(plan.compare(), item.value(), value, divisions)) {
                against = against == null ? new TreeMap<>() : against;
                against.put(dataset, value);
            }
        }
        return against == null ? null : conflict(subject, plan, item, against);
    }

    private Conflict conflict(
            String subject, BaseItemPlan plan, GoldenRecord.Item item, SortedMap<String, Object> against) {
        SortedMap<String, String> values = new TreeMap<>();
        against.forEach((dataset, value) -> values.put(dataset, normal(plan, value)));
        values.put(item.dataset(), normal(plan, item.value()));
        String name = valueSets.name(subject, base.name(), plan.name(), values);
        return new Conflict(plan.name(), item.dataset(), List.copyOf(against.keySet()), name);
    }

    private String normal(BaseItemPlan plan, Object value) {
        return Comparisons.normal(plan.compare(), value, divisions);
    }

    @SuppressWarnings("unchecked") // of one class, and the classes of items are comparable
    private static int laterFirst(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return 0;
        }
        return a.getClass() == b.getClass()
                ? ((Comparable<Object>) b).compareTo(a)
                : b.getClass().getName().compareTo(a.getClass().getName());
    }
}
