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
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.rule.RowRule;
import io.tongdao.contract.topic.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms must follow a change, and which need not notice it: each is asked for exactly what it builds on. Labels, levels, classes and
 * masks of the catalogue are in none of them; they act through grants.
 *
 * @param reconcile whether the reconcile stage builds on something else
 * @param compose the same of the stage that composes thematic tables
 * @param release the same of the release stage
 * @param quality the same of the quality stage
 * @param connections from which something is captured and whose collection builds on something else, new ones included
 * @param gone connections from which nothing is captured any more
 */
public record Touched(
        boolean reconcile,
        boolean compose,
        boolean release,
        boolean quality,
        Set<String> connections,
        Set<String> gone) {

    public static Touched by(Plan old, Plan next) {
        Set<String> connections = captured(next);
        connections.removeIf(name -> collected(old, name).equals(collected(next, name)));
        Set<String> gone = captured(old);
        gone.removeAll(captured(next));
        return new Touched(
                !reconciled(old).equals(reconciled(next)),
                !composed(old).equals(composed(next)),
                !released(old).equals(released(next)),
                !Judged.of(old).equals(Judged.of(next)),
                connections,
                gone);
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
            Map<String, CrossCheck> checks,
            BasePlan.@Nullable Identity identity) {
        static Golden of(BasePlan base) {
            List<Rule> rules = base.items().values().stream()
                    .map(item -> new Rule(item.name(), item.type(), item.rules(), item.compare(), item.blame()))
                    .toList();
            return new Golden(
                    base.name(), base.kind(), rules, base.groups(), base.topic(), base.checks(), base.identity());
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

    /** @param items name → type, function, source and what there */
    private record Themed(
            String id, String rows, Map<String, List<Object>> items, String territory, String division, Topic topic) {
        static Themed of(ThemePlan theme) {
            Map<String, List<Object>> items = new LinkedHashMap<>();
            theme.items()
                    .values()
                    .forEach(item -> items.put(
                            item.name(),
                            List.of(item.type(), item.function(), item.source(), item.sourceItem(), item.by())));
            return new Themed(theme.id(), theme.rows(), items, theme.territory(), theme.division(), theme.topic());
        }
    }

    /** @param told the kinds of which reconciliation tells rows apart */
    private record Composed(List<Themed> themes, Reconciled sources, Set<SubjectKind> told) {}

    /** Without tables nothing is composed, whatever the rest says. */
    private static Composed composed(Plan plan) {
        Set<String> sources = new TreeSet<>();
        plan.themes().values().forEach(theme -> sources.addAll(theme.sources()));
        List<Golden> bases = plan.bases().values().stream()
                .filter(base -> sources.contains("base." + base.name()))
                .map(Touched::typed)
                .toList();
        List<Rows> datasets = plan.datasets().values().stream()
                .filter(dataset -> sources.contains(dataset.id()))
                .map(Rows::of)
                .toList();
        Divisions divisions = sources.isEmpty() ? new Divisions(Map.of(), Map.of(), Map.of()) : plan.divisions();
        Set<SubjectKind> told = sources.isEmpty() ? Set.of() : plan.reconciled();
        return new Composed(themed(plan), new Reconciled(bases, datasets, divisions), told);
    }

    private static List<Themed> themed(Plan plan) {
        return plan.themes().values().stream().map(Themed::of).toList();
    }

    private static Composed released(Plan plan) {
        List<Golden> bases = plan.bases().values().stream().map(Touched::typed).toList();
        List<Rows> datasets = plan.datasets().values().stream().map(Rows::of).toList();
        return new Composed(themed(plan), new Reconciled(bases, datasets, plan.divisions()), Set.of());
    }

    private static Golden typed(BasePlan base) {
        return new Golden(base.name(), base.kind(), types(base), List.of(), base.topic(), Map.of(), null);
    }

    private static List<Rule> types(BasePlan base) {
        return base.items().values().stream()
                .map(item ->
                        new Rule(item.name(), item.type(), List.of(), BasePlan.Comparison.EXACT, BasePlan.Blame.OTHERS))
                .toList();
    }

    /** The datasets whose rows are judged otherwise: their topics are read again from the beginning. */
    public static Set<String> rejudged(Plan old, Plan next) {
        Set<String> datasets = new TreeSet<>(old.datasets().keySet());
        datasets.retainAll(next.datasets().keySet());
        datasets.removeIf(id -> Judged.rules(old, id).equals(Judged.rules(next, id)));
        return datasets;
    }

    /** What rows are judged by: rules, and the standards and divisions that they name. */
    private record Judged(List<Rows> datasets, Map<String, List<Object>> rules) {
        static Judged of(Plan plan) {
            Map<String, List<Object>> rules = new LinkedHashMap<>();
            plan.datasets().keySet().forEach(id -> rules.put(id, rules(plan, id)));
            return new Judged(plan.datasets().values().stream().map(Rows::of).toList(), rules);
        }

        static List<Object> rules(Plan plan, String dataset) {
            List<Object> all = new ArrayList<>();
            for (RowRule rule : plan.rules().getOrDefault(dataset, List.of())) {
                all.add(rule.definition());
                switch (rule) {
                    case RowRule.Standard standard -> all.add(standard(plan, standard.standard()));
                    case RowRule.Division division -> all.add(plan.divisions());
                    case RowRule.Addressed addressed -> all.add(plan.divisions());
                    case RowRule.Identifies r -> {}
                    case RowRule.Required r -> {}
                    case RowRule.Unique r -> {}
                    case RowRule.Holds r -> {}
                    case RowRule.Agrees r -> {}
                    case RowRule.Timely r -> {}
                }
            }
            return all;
        }
    }

    /** A version that is named is the same whatever comes after it. */
    private static Object standard(Plan plan, String reference) {
        StandardPlan standard = plan.standards().get(StandardPlan.idOf(reference));
        if (standard == null) {
            return "";
        }
        return StandardPlan.versionOf(reference).isEmpty() ? standard : standard.named(reference);
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
