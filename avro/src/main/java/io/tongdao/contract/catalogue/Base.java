package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Blame;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.Strategy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A base database (基础库, art. 12): golden items, each led by one source of record or one strategy (一数一源, art. 23) at any time.
 *
 * @param checks what must hold inside a record and between sources, in the order of the file
 * @param identity null: not said
 */
public record Base(
        String name,
        Place at,
        String title,
        SubjectKind kind,
        Map<String, BaseItem> items,
        List<List<Ref>> groups,
        Map<String, CrossRule> checks,
        @Nullable Identity identity) {

    /** By what subjects are told apart that stand under one key; birth and sex may be blank, one of them. */
    public record Identity(Place at, Ref name, Ref birth, Ref sex, Ref issuer, List<Ref> unknown) {
        /** The items that it names, but the blank. */
        public List<Ref> items() {
            return Stream.of(name, birth, sex).filter(ref -> !ref.blank()).toList();
        }
    }

    /**
     * @param rules one after the other without a gap, the oldest first; never empty
     * @param blame who is told of a contradiction, and when
     */
    public record BaseItem(String name, Place at, String label, Comparison compare, List<Rule> rules, Blame blame) {

        /** Every source of record that it ever has, each once; the first source of a strategy. */
        public List<Ref> leaders() {
            return rules.stream().map(Rule::source).filter(ref -> !ref.blank()).toList();
        }

        /** Every dataset whose value is read by any of its rules. */
        public List<Ref> sources() {
            return rules.stream().flatMap(rule -> rule.sources().stream()).toList();
        }
    }

    /**
     * Who leads an item, from a day on: a change of authority is a new rule and leaves what was decided under the old one.
     *
     * @param from the first day; {@link LocalDate#MIN}: since ever
     * @param until the last day as written; {@link LocalDate#MAX}: left open, or until the next rule
     * @param source the dataset of the source of record (数源部门), or the first source of a strategy
     * @param fallback who leads where it has no value, in this order; the other sources of a strategy
     * @param verify is compared with the leading value and never wins by this
     */
    public record Rule(
            Place at,
            LocalDate from,
            LocalDate until,
            Ref source,
            List<Ref> fallback,
            List<Ref> verify,
            Strategy strategy) {

        /** Whoever can win, the source of record first. */
        public List<Ref> order() {
            return Stream.concat(Stream.of(source), fallback.stream()).toList();
        }

        /** Every dataset whose value is read. */
        public List<Ref> sources() {
            return Stream.concat(order().stream(), verify.stream()).toList();
        }

        /** Whether one source of record leads. */
        public boolean led() {
            return strategy instanceof Strategy.Led;
        }
    }

    /**
     * What must hold inside a record or between sources (校核规则, art. 20).
     *
     * @param holds CEL over items of the base database and {@code alias.item}
     * @param reads alias → dataset
     * @param missing {@code alias.item} that must have no value
     * @param blame the dataset or agency that is told
     * @param disputes items of the base database that are disputed while it does not hold
     */
    public record CrossRule(
            String name,
            Place at,
            String label,
            Ref holds,
            Map<String, Ref> reads,
            List<Ref> missing,
            Ref blame,
            List<Ref> disputes,
            Duration grace) {}
}
