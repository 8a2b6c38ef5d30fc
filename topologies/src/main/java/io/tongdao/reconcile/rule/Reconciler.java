package io.tongdao.reconcile.rule;

import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.Blame;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.reconcile.rule.Testimony.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one base database (art. 23: 多源校核): claims of all sources about one subject → one golden record and the conflicts.
 * Pure: the same claims give the same result, in whatever order they came, and whenever.
 *
 * <ul>
 *   <li>Each item's strategy chooses among its sources ({@link ItemRule}). Null never beats a value; taking an item back does.
 *   <li>Of several rows of one dataset that have a value, the newest by its own word speaks ({@link Spoken}).
 *   <li>The items of a group all come from the row that gave the first of them that has a value.
 *   <li>A ruling that the source was wrong serves another source's value, until the source says something else.
 *   <li>A golden record exists while at least one item has a value.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Reconciler {
    private final String base;
    private final ValueSets valueSets;
    private final ItemRule[] rules;

    /** Of each item the items that move with it, itself included, in the order that decides. */
    private final ItemRule[][] groups;

    private final CheckRule[] checks;

    /** @param types dataset → its items, as base databases call them; for checks */
    public Reconciler(
            BasePlan plan, Divisions divisions, ValueSets valueSets, Map<String, Map<String, ItemType>> types) {
        this.base = plan.name();
        this.valueSets = valueSets;
        Comparisons comparisons = new Comparisons(divisions);
        Map<String, ItemRule> byName = new LinkedHashMap<>();
        plan.items().values().forEach(item -> byName.put(item.name(), new ItemRule(item, comparisons)));
        this.rules = byName.values().toArray(ItemRule[]::new);
        this.groups = new ItemRule[rules.length][];
        for (int i = 0; i < rules.length; i++) {
            groups[i] = group(plan, rules[i].name(), byName);
        }
        this.checks = plan.checks().values().stream()
                .map(check -> new CheckRule(check, variables(plan, check.reads(), types)))
                .toArray(CheckRule[]::new);
    }

    /** Rules of a base database without checks. */
    public Reconciler(BasePlan plan, Divisions divisions, ValueSets valueSets) {
        this(plan, divisions, valueSets, Map.of());
    }

    private static ItemRule[] group(BasePlan plan, String item, Map<String, ItemRule> byName) {
        List<String> names = plan.groups().stream()
                .filter(group -> group.contains(item))
                .findFirst()
                .orElse(List.of(item));
        return names.stream()
                .map(byName::get)
                .filter(java.util.Objects::nonNull)
                .toArray(ItemRule[]::new);
    }

    private static Map<String, ItemType> variables(
            BasePlan plan, Map<String, String> reads, Map<String, Map<String, ItemType>> types) {
        Map<String, ItemType> variables = new HashMap<>();
        plan.items().values().forEach(item -> variables.put(item.name(), item.type()));
        reads.forEach((alias, dataset) ->
                types.getOrDefault(dataset, Map.of()).forEach((item, type) -> variables.put(alias + "." + item, type)));
        return variables;
    }

    /** @param conflicts in the order of the items, then of the checks; objections without a conflict are not among them */
    public record Outcome(GoldenRecord golden, List<Conflict> conflicts) {}

    /** @param claims dataset → what its rows say of this subject; may be sorted in place */
    public Outcome evaluate(String subject, Map<String, List<Claim>> claims) {
        return evaluate(subject, claims, Map.of());
    }

    /** @param orders item → objection and ruling */
    public Outcome evaluate(String subject, Map<String, List<Claim>> claims, Map<String, Order> orders) {
        Spoken spoken = new Spoken(claims);
        Map<String, GoldenRecord.Item> items = LinkedHashMap.newLinkedHashMap(rules.length);
        List<Conflict> conflicts = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            ItemRule rule = rules[i];
            Choice choice = choose(subject, groups[i], spoken, orders);
            Object value = choice == null ? null : rule.value(choice.claim());
            if (choice != null && value != null && value != Withdrawn.VALUE) {
                Claim claim = choice.claim();
                items.put(
                        rule.name(),
                        new GoldenRecord.Item(value, claim.dataset(), claim.since(), claim.at(), choice.rule()));
                verify(subject, rule, choice, value, spoken, conflicts);
            }
        }
        for (CheckRule check : checks) {
            Conflict conflict = check.apply(subject, base, spoken, items, valueSets);
            if (conflict != null) {
                conflicts.add(conflict);
            }
        }
        return conflicts.isEmpty()
                ? new Outcome(new GoldenRecord(items, List.of()), List.of())
                : new Outcome(new GoldenRecord(items, disputed(items, conflicts)), List.copyOf(conflicts));
    }

    /**
     * How every row stands to the golden record that {@link #evaluate} finds from the same.
     *
     * @return in the order of the items, then of the rule's sources; of a dataset the row that speaks first
     */
    public List<Testimony> testimonies(String subject, Map<String, List<Claim>> claims, Map<String, Order> orders) {
        Spoken spoken = new Spoken(claims);
        List<Testimony> all = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            ItemRule rule = rules[i];
            Choice choice = choose(subject, groups[i], spoken, orders);
            Object served = choice == null ? null : rule.value(choice.claim());
            for (String dataset : rule.speakers()) {
                Claim speaker = spoken.by(dataset, rule.name());
                for (Claim claim : speaker == null ? List.<Claim>of() : claims.getOrDefault(dataset, List.of())) {
                    if (claim.items().containsKey(rule.name())) {
                        Standing standing =
                                claim.equals(speaker) ? standing(rule, choice, served, claim) : Standing.OLDER;
                        Object value = rule.value(claim);
                        all.add(new Testimony(rule.name(), claim, value == Withdrawn.VALUE ? null : value, standing));
                    }
                }
            }
        }
        return all;
    }

    private static Standing standing(ItemRule rule, @Nullable Choice choice, @Nullable Object served, Claim claim) {
        Object said = rule.compared(claim);
        if (said == null || said == Withdrawn.VALUE) {
            return Standing.TAKES_BACK;
        }
        if (choice == null || served == null || served == Withdrawn.VALUE) {
            return Standing.NOT_COMPARED;
        }
        if (claim.equals(choice.claim())) {
            return Standing.SERVED;
        }
        boolean compared = !claim.dataset().equals(choice.claim().dataset())
                && (rule.plan().verify().contains(claim.dataset())
                        || choice.rivals().contains(claim.dataset()));
        if (!compared) {
            return Standing.NOT_COMPARED;
        }
        return rule.differ(served, said) ? Standing.DIFFERS : Standing.AGREES;
    }

    private List<String> disputed(Map<String, GoldenRecord.Item> items, List<Conflict> conflicts) {
        List<String> disputed = new ArrayList<>(items.keySet());
        disputed.removeIf(item -> conflicts.stream().noneMatch(conflict -> disputes(conflict.item(), item)));
        return List.copyOf(disputed);
    }

    /** Whether a conflict in an item, or in a check, disputes an item. */
    public boolean disputes(String conflict, String item) {
        if (conflict.equals(item)) {
            return true;
        }
        for (CheckRule check : checks) {
            if (check.check().name().equals(conflict)) {
                return check.check().disputes().contains(item);
            }
        }
        return false;
    }

    /** Whether a conflict is of a check. */
    boolean checks(String conflict) {
        for (CheckRule check : checks) {
            if (check.check().name().equals(conflict)) {
                return true;
            }
        }
        return false;
    }

    /** How long a contradiction in an item, or of a check, may last before it is told; milliseconds. */
    public long grace(String conflict) {
        for (ItemRule rule : rules) {
            if (rule.name().equals(conflict)) {
                return rule.plan().blame().grace().toMillis();
            }
        }
        for (CheckRule check : checks) {
            if (check.check().name().equals(conflict)) {
                return check.check().grace().toMillis();
            }
        }
        return 0;
    }

    /** An item that nobody contradicts, as something that can be objected to; null: it has no value. */
    public @Nullable Conflict standing(String subject, String item, GoldenRecord golden) {
        GoldenRecord.Item stands = golden.items().get(item);
        for (ItemRule rule : rules) {
            if (stands != null && rule.name().equals(item)) {
                String name = leading(subject, rule, stands.dataset(), stands.value());
                List<String> blamed = List.of(agency(stands.dataset()));
                return new Conflict(item, stands.dataset(), List.of(), blamed, name, name);
            }
        }
        return null;
    }

    private @Nullable Choice choose(String subject, ItemRule[] group, Spoken spoken, Map<String, Order> orders) {
        for (ItemRule leader : group) {
            Choice choice = leader.choose(spoken);
            if (choice != null) {
                return orders.isEmpty() ? choice : ruled(subject, group, choice, spoken, orders);
            }
        }
        return null;
    }

    /** The row that a ruling serves instead, as long as the source says of some item of the group what it was found wrong in. */
    private Choice ruled(String subject, ItemRule[] group, Choice natural, Spoken spoken, Map<String, Order> orders) {
        for (ItemRule rule : group) {
            Order order = orders.get(rule.name());
            Object value = rule.value(natural.claim());
            if (order != null
                    && order.decision() == Decision.SOURCE_WRONG
                    && value != null
                    && order.leading()
                            .equals(leading(subject, rule, natural.claim().dataset(), value))) {
                Claim served = rule.speaker(spoken, order.serve());
                if (served != null) {
                    return new Choice(served, GoldenRecord.Rule.RULING);
                }
            }
        }
        return natural;
    }

    private void verify(
            String subject, ItemRule rule, Choice choice, Object value, Spoken spoken, List<Conflict> conflicts) {
        SortedMap<String, Object> against = null;
        List<String> verify = rule.plan().verify();
        List<String> rivals = choice.rivals();
        int all = verify.size() + rivals.size();
        for (int i = 0; i < all; i++) {
            String dataset = i < verify.size() ? verify.get(i) : rivals.get(i - verify.size());
            Claim other = dataset.equals(choice.claim().dataset()) ? null : spoken.by(dataset, rule.name());
            Object said = other == null ? null : rule.compared(other);
            if (said != null && said != Withdrawn.VALUE && rule.differ(value, said)) {
                against = against == null ? new TreeMap<>() : against;
                against.put(dataset, said);
            }
        }
        if (against != null) {
            conflicts.add(conflict(subject, rule, choice.claim().dataset(), value, against));
        }
    }

    private Conflict conflict(
            String subject, ItemRule rule, String winner, Object value, SortedMap<String, Object> against) {
        SortedMap<String, String> values = new TreeMap<>();
        against.forEach((dataset, said) -> values.put(dataset, rule.normal(said)));
        values.put(winner, rule.normal(value));
        values.put("", winner); // the same values with another's standing are another matter
        String name = valueSets.name(subject, base, rule.name(), values);
        return new Conflict(
                rule.name(),
                winner,
                List.copyOf(against.keySet()),
                blamed(rule.plan().blame().who(), winner, against),
                name,
                leading(subject, rule, winner, value));
    }

    private static List<String> blamed(Blame.Who who, String winner, SortedMap<String, Object> against) {
        TreeSet<String> blamed = new TreeSet<>();
        if (who != Blame.Who.LEADER) {
            against.keySet().forEach(dataset -> blamed.add(agency(dataset)));
        }
        if (who != Blame.Who.OTHERS) {
            blamed.add(agency(winner));
        }
        return List.copyOf(blamed);
    }

    private String leading(String subject, ItemRule rule, String dataset, Object value) {
        SortedMap<String, String> one = new TreeMap<>();
        one.put(dataset, value == Withdrawn.VALUE ? "" : rule.normal(value));
        return valueSets.name(subject, base, rule.name(), one);
    }

    /** The agency that provides a dataset: ids are {@code agency.dataset}. */
    static String agency(String dataset) {
        return dataset.substring(0, dataset.indexOf('.'));
    }
}
