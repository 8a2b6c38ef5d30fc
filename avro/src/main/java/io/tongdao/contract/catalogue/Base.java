package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Comparison;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A base database (基础库, art. 12): golden items, each led by one source of record (一数一源, art. 23) at any time. */
public record Base(
        String name, Place at, String title, SubjectKind kind, Map<String, BaseItem> items, List<List<Ref>> groups) {

    /** @param rules one after the other without a gap, the oldest first; never empty */
    public record BaseItem(String name, Place at, String label, Comparison compare, List<Rule> rules) {

        /** Every source of record that it ever has, each once. */
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
     * @param source the dataset of the source of record (数源部门)
     * @param fallback who leads where it has no value, in this order
     * @param verify is compared with the leading value and never wins
     */
    public record Rule(Place at, LocalDate from, LocalDate until, Ref source, List<Ref> fallback, List<Ref> verify) {

        /** Whoever can win, the source of record first. */
        public List<Ref> order() {
            return Stream.concat(Stream.of(source), fallback.stream()).toList();
        }

        /** Every dataset whose value is read. */
        public List<Ref> sources() {
            return Stream.concat(order().stream(), verify.stream()).toList();
        }
    }
}
