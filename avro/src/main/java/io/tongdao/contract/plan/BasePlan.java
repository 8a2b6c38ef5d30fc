package io.tongdao.contract.plan;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Topic;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A base database (基础库, art. 12), compiled.
 *
 * @param items by name, in the order of the Avro schema
 * @param groups items that move together: all from one source
 * @param territories basis of a return flow (hukou, residence, handling) → the item with its division (art. 26)
 * @param purposes codes that every provider of a conditional source allows; empty: no provider restricts them
 */
public record BasePlan(
        String name,
        String title,
        SubjectKind kind,
        Map<String, BaseItemPlan> items,
        List<List<String>> groups,
        Topic topic,
        Map<String, String> territories,
        List<String> purposes) {
    /** A base database with no territory and no restriction of purpose. */
    public BasePlan(
            String name,
            String title,
            SubjectKind kind,
            Map<String, BaseItemPlan> items,
            List<List<String>> groups,
            Topic topic) {
        this(name, title, kind, items, groups, topic, Map.of(), List.of());
    }

    /** Avro fields after the items: {@code _sources} (map item → source) and {@code _disputed} (array of item names). */
    public static final String SOURCES = "_sources";

    public static final String DISPUTED = "_disputed";

    /** The same database with the rules that are in force on a day: later ones are left out, the newest left leads. */
    public BasePlan on(LocalDate day) {
        Map<String, BaseItemPlan> then = new LinkedHashMap<>();
        items.forEach((name, item) -> then.put(name, item.on(day)));
        return new BasePlan(name, title, kind, Collections.unmodifiableMap(then), groups, topic, territories, purposes);
    }

    /**
     * One item of a golden record.
     *
     * @param rules one after the other without a gap, the oldest first; never empty
     * @param level the strictest of all sources of all rules, as are {@code mask}, {@code returnMask}, {@code share} and {@code open}
     */
    public record BaseItemPlan(
            String name,
            String label,
            ItemType type,
            List<Rule> rules,
            Comparison compare,
            int level,
            Mask mask,
            Mask returnMask,
            ShareClass share,
            ShareClass open) {

        /** An item whose one rule always was. */
        public BaseItemPlan(
                String name,
                String label,
                ItemType type,
                List<String> order,
                List<String> verify,
                Comparison compare,
                int level,
                Mask mask,
                Mask returnMask,
                ShareClass share) {
            this(
                    name,
                    label,
                    type,
                    List.of(new Rule(LocalDate.MIN, order, verify)),
                    compare,
                    level,
                    mask,
                    returnMask,
                    share,
                    ShareClass.WITHHELD);
        }

        /** An item that is returned as it is shared. */
        public BaseItemPlan(
                String name,
                String label,
                ItemType type,
                List<String> order,
                List<String> verify,
                Comparison compare,
                int level,
                Mask mask,
                ShareClass share) {
            this(name, label, type, order, verify, compare, level, mask, mask, share);
        }

        /** The rule in force on a day: the last that begins no later. */
        public Rule rule(LocalDate day) {
            return rules.stream()
                    .filter(rule -> !rule.from().isAfter(day))
                    .reduce((earlier, later) -> later)
                    .orElse(rules.getFirst());
        }

        /** The same item without the rules that begin after a day. */
        public BaseItemPlan on(LocalDate day) {
            List<Rule> begun = rules.subList(0, rules.indexOf(rule(day)) + 1);
            return new BaseItemPlan(
                    name, label, type, List.copyOf(begun), compare, level, mask, returnMask, share, open);
        }

        /** Who can win under the newest rule: the source of record first. */
        public List<String> order() {
            return rules.getLast().order();
        }

        /** Who is compared under the newest rule. */
        public List<String> verify() {
            return rules.getLast().verify();
        }

        /** Every dataset that any of its rules reads, each once. */
        public List<String> sources() {
            return rules.stream()
                    .flatMap(rule -> Stream.concat(rule.order().stream(), rule.verify().stream()))
                    .distinct()
                    .toList();
        }
    }

    /**
     * Who leads an item from a day on (数源部门, art. 23).
     *
     * @param from {@link LocalDate#MIN}: since ever
     * @param order dataset ids: the source of record first, then the fallbacks
     * @param verify dataset ids that are compared with the winner
     */
    public record Rule(LocalDate from, List<String> order, List<String> verify) {}

    /** How two values are brought to one form before a conflict is called. */
    public enum Comparison {
        EXACT,
        HAN_NAME,
        DATE,
        DIVISION,
        CODE,
        ORGANISATION_NAME
    }
}
