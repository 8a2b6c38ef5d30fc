package io.tongdao.contract.plan;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A base database (基础库, art. 12), compiled.
 *
 * @param items by name, in the order of the Avro schema
 * @param groups items that move together: all from one source
 * @param territories basis of a return flow (hukou, residence, handling) → the item with its division (art. 26)
 * @param purposes codes that every provider of a conditional source allows; empty: no provider restricts them
 * @param checks by name: what must hold inside a record and between sources (校核规则)
 * @param identity by what two records under one key are told to be of two subjects; null: all that is under a key is of one
 */
public record BasePlan(
        String name,
        String title,
        SubjectKind kind,
        Map<String, BaseItemPlan> items,
        List<List<String>> groups,
        Topic topic,
        Map<String, String> territories,
        List<String> purposes,
        Map<String, CrossCheck> checks,
        @Nullable Identity identity) {
    /** A base database that does not say by what its subjects are told apart. */
    public BasePlan(
            String name,
            String title,
            SubjectKind kind,
            Map<String, BaseItemPlan> items,
            List<List<String>> groups,
            Topic topic,
            Map<String, String> territories,
            List<String> purposes,
            Map<String, CrossCheck> checks) {
        this(name, title, kind, items, groups, topic, territories, purposes, checks, null);
    }

    /** A base database without checks. */
    public BasePlan(
            String name,
            String title,
            SubjectKind kind,
            Map<String, BaseItemPlan> items,
            List<List<String>> groups,
            Topic topic,
            Map<String, String> territories,
            List<String> purposes) {
        this(name, title, kind, items, groups, topic, territories, purposes, Map.of());
    }

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
        return new BasePlan(
                name,
                title,
                kind,
                Collections.unmodifiableMap(then),
                groups,
                topic,
                territories,
                purposes,
                checks,
                identity);
    }

    /**
     * By what two records under one key are told to be of two subjects (art. 24): they differ in the name, and in the birth date or the
     * sex.
     *
     * @param name the item with the name
     * @param birth the item with the day of birth or establishment; empty: none
     * @param sex the item with the sex; empty: none
     * @param issuer the dataset of the agency that gives the identifier: its row says who has it
     * @param unknown values of {@code sex} that say nothing
     */
    public record Identity(String name, String birth, String sex, String issuer, List<String> unknown) {}

    /** What it reads of a dataset: names of its own items, or of items that a check reads, as a row says them of its subject. */
    public Set<String> reads(String dataset) {
        Set<String> read = new LinkedHashSet<>();
        items.values().stream()
                .filter(item -> item.order().contains(dataset) || item.verify().contains(dataset))
                .forEach(item -> read.add(item.name()));
        checks.values().forEach(check -> read.addAll(check.itemsOf(dataset)));
        return read;
    }

    /** Every dataset that any rule of its items, or a check, reads; each once. */
    public List<String> sources() {
        return Stream.concat(
                        items.values().stream().flatMap(item -> item.sources().stream()),
                        checks.values().stream().flatMap(check -> check.reads().values().stream()))
                .distinct()
                .toList();
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
            ShareClass open,
            Blame blame) {

        /** An item of which whoever contradicts what stands is told at once. */
        public BaseItemPlan(
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
            this(name, label, type, rules, compare, level, mask, returnMask, share, open, Blame.OTHERS);
        }

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
                    name, label, type, List.copyOf(begun), compare, level, mask, returnMask, share, open, blame);
        }

        /** Who can win under the newest rule: the source of record first. */
        public List<String> order() {
            return rules.getLast().order();
        }

        /** How the winner is found under the newest rule. */
        public Strategy strategy() {
            return rules.getLast().strategy();
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
     * @param order dataset ids of whoever can win: the source of record first, then the fallbacks; or the sources of a strategy
     * @param verify dataset ids that are compared with the winner
     */
    public record Rule(LocalDate from, List<String> order, List<String> verify, Strategy strategy) {
        /** Led by a source of record. */
        public Rule(LocalDate from, List<String> order, List<String> verify) {
            this(from, order, verify, Strategy.LED);
        }
    }

    /**
     * Who is told of a contradiction in an item, and when.
     *
     * @param grace how long it may last before it is told; zero: not at all
     */
    public record Blame(Who who, Duration grace) {
        public static final Blame OTHERS = new Blame(Who.OTHERS, Duration.ZERO);

        /** The agencies that contradict what stands, the one whose value stands, or all of them. */
        public enum Who {
            OTHERS,
            LEADER,
            ALL
        }
    }

    /** How two values are brought to one form before a conflict is called. */
    public sealed interface Comparison {
        Comparison EXACT = new Exact();
        Comparison HAN_NAME = new HanName();
        Comparison DATE = new Day(Precision.DAY);
        Comparison DIVISION = new Territory(Level.WHOLE);
        Comparison CODE = new Code(Map.of());
        Comparison ORGANISATION_NAME = new OrganisationName();
        Comparison ADDRESS = new Address(Level.WHOLE);

        /** Sign for sign; numbers by value. */
        record Exact() implements Comparison {}

        record HanName() implements Comparison {}

        record OrganisationName() implements Comparison {}

        record Day(Precision precision) implements Comparison {}

        record Territory(Level to) implements Comparison {}

        record Address(Level to) implements Comparison {}

        /**
         * @param absolute the greatest difference that is none; zero: by value
         * @param relative the same as a share of the greater of the two
         */
        record Number(BigDecimal absolute, BigDecimal relative) implements Comparison {}

        /**
         * @param tables dataset → its code → the golden item's code, for datasets that follow another code table; a code that is
         *     not in it has no equal
         */
        record Code(Map<String, Map<String, String>> tables) implements Comparison {}

        /** Down to what dates are compared. */
        enum Precision {
            YEAR,
            MONTH,
            DAY
        }

        /** Down to what divisions and addresses are compared. */
        enum Level {
            PROVINCE,
            PREFECTURE,
            COUNTY,
            TOWNSHIP,
            WHOLE
        }
    }
}
