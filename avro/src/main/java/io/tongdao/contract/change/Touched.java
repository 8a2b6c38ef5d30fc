package io.tongdao.contract.change;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which rooms must follow a change, and which need not notice it: each is asked for exactly what it builds on. Labels, levels, classes and
 * masks of the catalogue are in none of them; they act through grants.
 *
 * @param reconcile whether the reconcile stage builds on something else
 * @param release the same of the release stage
 * @param connections from which something is captured and whose collection builds on something else, new ones included
 * @param gone connections from which nothing is captured any more
 */
public record Touched(boolean reconcile, boolean release, Set<String> connections, Set<String> gone) {

    public static Touched by(Plan old, Plan next) {
        Set<String> connections = captured(next);
        connections.removeIf(name -> collected(old, name).equals(collected(next, name)));
        Set<String> gone = captured(old);
        gone.removeAll(captured(next));
        return new Touched(
                !reconciled(old).equals(reconciled(next)), !released(old).equals(released(next)), connections, gone);
    }

    private static Set<String> captured(Plan plan) {
        Set<String> names = new TreeSet<>();
        plan.captured().forEach(source -> names.add(source.name()));
        return names;
    }

    /** @param items name → type and column */
    private record Rows(
            String id,
            List<SubjectPlan> subjects,
            List<String> rowKey,
            String asOf,
            Map<String, ItemType> items,
            Map<String, SubjectPlan.When> withdrawals,
            Topic topic) {
        static Rows of(DatasetPlan dataset) {
            Map<String, ItemType> items = new LinkedHashMap<>();
            dataset.items().values().forEach(item -> items.put(item.name(), item.type()));
            return new Rows(
                    dataset.id(),
                    dataset.subjects(),
                    dataset.rowKey(),
                    dataset.asOf(),
                    items,
                    Map.of(),
                    dataset.topic());
        }

        /** With what withdraws items: only reconciliation asks. */
        static Rows claimed(DatasetPlan dataset) {
            Rows rows = of(dataset);
            Map<String, SubjectPlan.When> withdrawals = new LinkedHashMap<>();
            for (ItemPlan item : dataset.items().values()) {
                SubjectPlan.When when = item.withdraws();
                if (when != null) {
                    withdrawals.put(item.name(), when);
                }
            }
            return new Rows(rows.id, rows.subjects, rows.rowKey, rows.asOf, rows.items, withdrawals, rows.topic);
        }
    }

    private record Golden(
            String name,
            SubjectKind kind,
            List<Rule> rules,
            List<List<String>> groups,
            Topic topic,
            Map<String, CrossCheck> checks) {
        static Golden of(BasePlan base) {
            List<Rule> rules = base.items().values().stream()
                    .map(item -> new Rule(item.name(), item.type(), item.rules(), item.compare(), item.blame()))
                    .toList();
            return new Golden(base.name(), base.kind(), rules, base.groups(), base.topic(), base.checks());
        }
    }

    private record Rule(
            String item, ItemType type, List<BasePlan.Rule> rules, BasePlan.Comparison compare, BasePlan.Blame blame) {}

    private record Reconciled(List<Golden> bases, List<Rows> datasets, Divisions divisions) {}

    private static Reconciled reconciled(Plan plan) {
        List<Golden> bases = plan.bases().values().stream().map(Golden::of).toList();
        List<Rows> datasets = plan.datasets().values().stream()
                .filter(dataset -> !Wanted.of(plan, dataset.id()).isEmpty())
                .map(Rows::claimed)
                .toList();
        return new Reconciled(bases, datasets, plan.divisions());
    }

    private static Reconciled released(Plan plan) {
        List<Golden> bases = plan.bases().values().stream()
                .map(base -> new Golden(base.name(), base.kind(), types(base), List.of(), base.topic(), Map.of()))
                .toList();
        return new Reconciled(
                bases, plan.datasets().values().stream().map(Rows::of).toList(), plan.divisions());
    }

    private static List<Rule> types(BasePlan base) {
        return base.items().values().stream()
                .map(item ->
                        new Rule(item.name(), item.type(), List.of(), BasePlan.Comparison.EXACT, BasePlan.Blame.OTHERS))
                .toList();
    }

    private record Collected(Source source, List<Rows> rows, List<String> tables, List<String> columns) {}

    private static Object collected(Plan plan, String connection) {
        List<DatasetPlan> datasets = plan.datasets().values().stream()
                .filter(dataset -> dataset.connection().equals(connection))
                .toList();
        Source source = plan.sources().get(connection);
        List<String> columns = new ArrayList<>();
        datasets.forEach(dataset ->
                dataset.items().values().stream().map(ItemPlan::sourceName).forEach(columns::add));
        return source == null
                ? Objects.requireNonNull(connection)
                : new Collected(
                        source,
                        datasets.stream().map(Rows::of).toList(),
                        datasets.stream().map(DatasetPlan::table).toList(),
                        columns);
    }
}
