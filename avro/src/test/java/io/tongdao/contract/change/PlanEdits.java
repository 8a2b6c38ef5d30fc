package io.tongdao.contract.change;

import io.tongdao.contract.calendar.CalendarYear;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.rule.RowRule;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Topic;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Compiled plans with one thing changed: as the compiler would make them. */
final class PlanEdits {
    private PlanEdits() {}

    private static Plan plan(
            Plan plan,
            Map<String, DatasetPlan> datasets,
            Map<String, BasePlan> bases,
            Map<String, Source> sources,
            Map<SubjectKind, Integer> partitions) {
        return new Plan(
                datasets,
                bases,
                sources,
                partitions,
                plan.agencies(),
                plan.divisions(),
                plan.digest(),
                plan.inboxes(),
                plan.logical(),
                plan.purposes(),
                plan.standards(),
                plan.themes(),
                plan.rules(),
                plan.calendars(),
                plan.publications(),
                plan.verify(),
                plan.files(),
                plan.receivers(),
                plan.keptDays());
    }

    /** The same plan with other rules about one dataset's rows. */
    static Plan rules(Plan plan, String dataset, List<RowRule> changed) {
        Map<String, List<RowRule>> rules = new LinkedHashMap<>(plan.rules());
        rules.put(dataset, changed);
        return new Plan(
                plan.datasets(),
                plan.bases(),
                plan.sources(),
                plan.partitions(),
                plan.agencies(),
                plan.divisions(),
                plan.digest(),
                plan.inboxes(),
                plan.logical(),
                plan.purposes(),
                plan.standards(),
                plan.themes(),
                rules,
                plan.calendars(),
                plan.publications(),
                plan.verify(),
                plan.files(),
                plan.receivers(),
                plan.keptDays());
    }

    /** The same plan with other divisions. */
    static Plan divisions(Plan plan, Divisions divisions) {
        return new Plan(
                plan.datasets(),
                plan.bases(),
                plan.sources(),
                plan.partitions(),
                plan.agencies(),
                divisions,
                plan.digest(),
                plan.inboxes(),
                plan.logical(),
                plan.purposes(),
                plan.standards(),
                plan.themes(),
                plan.rules(),
                plan.calendars(),
                plan.publications(),
                plan.verify(),
                plan.files(),
                plan.receivers(),
                plan.keptDays());
    }

    /** The same plan with a list of a year's days off. */
    static Plan calendar(Plan plan, CalendarYear year) {
        return new Plan(
                plan.datasets(),
                plan.bases(),
                plan.sources(),
                plan.partitions(),
                plan.agencies(),
                plan.divisions(),
                plan.digest(),
                plan.inboxes(),
                plan.logical(),
                plan.purposes(),
                plan.standards(),
                plan.themes(),
                plan.rules(),
                Map.of(Integer.toString(year.year()), year),
                plan.publications(),
                plan.verify(),
                plan.files(),
                plan.receivers(),
                plan.keptDays());
    }

    static Plan withoutThemes(Plan plan) {
        return new Plan(
                plan.datasets(),
                plan.bases(),
                plan.sources(),
                plan.partitions(),
                plan.agencies(),
                plan.divisions(),
                plan.digest(),
                plan.inboxes(),
                plan.logical(),
                plan.purposes(),
                plan.standards(),
                Map.of(),
                plan.rules(),
                plan.calendars(),
                plan.publications(),
                plan.verify(),
                plan.files(),
                plan.receivers(),
                plan.keptDays());
    }

    static Plan dataset(Plan plan, String id, UnaryOperator<DatasetPlan> change) {
        Map<String, DatasetPlan> datasets = new LinkedHashMap<>(plan.datasets());
        datasets.computeIfPresent(id, (name, before) -> change.apply(before));
        return datasets(plan, datasets);
    }

    static Plan withoutDataset(Plan plan, String id) {
        Map<String, DatasetPlan> datasets = new LinkedHashMap<>(plan.datasets());
        datasets.remove(id);
        return datasets(plan, datasets);
    }

    static Plan renamed(Plan plan, String from, String to) {
        Map<String, DatasetPlan> datasets = new LinkedHashMap<>(plan.datasets());
        DatasetPlan old = datasets.remove(from);
        datasets.put(to, made(old, to, old.title(), old.rowKey(), old.items(), old.purposes()));
        return datasets(plan, datasets);
    }

    static Plan partitions(Plan plan, int count) {
        Map<SubjectKind, Integer> partitions = new EnumMap<>(plan.partitions());
        partitions.put(SubjectKind.PERSON, count);
        return plan(plan, plan.datasets(), plan.bases(), plan.sources(), partitions);
    }

    static Plan source(Plan plan, String name, String host, String database) {
        Map<String, Source> sources = new LinkedHashMap<>(plan.sources());
        sources.computeIfPresent(name, (n, source) -> PlanDiffTest.moved(source, host, database));
        return plan(plan, plan.datasets(), plan.bases(), sources, plan.partitions());
    }

    static Plan bases(Plan plan, Map<String, BasePlan> bases) {
        return plan(plan, plan.datasets(), bases, plan.sources(), plan.partitions());
    }

    private static Plan datasets(Plan plan, Map<String, DatasetPlan> datasets) {
        return plan(plan, datasets, plan.bases(), plan.sources(), plan.partitions());
    }

    static DatasetPlan title(DatasetPlan d, String title) {
        return made(d, d.id(), title, d.rowKey(), d.items(), d.purposes());
    }

    static DatasetPlan rowKey(DatasetPlan d, List<String> rowKey) {
        return made(d, d.id(), d.title(), rowKey, d.items(), d.purposes());
    }

    static DatasetPlan purposes(DatasetPlan d, List<String> purposes) {
        return made(d, d.id(), d.title(), d.rowKey(), d.items(), purposes);
    }

    static DatasetPlan items(DatasetPlan d, Map<String, ItemPlan> items) {
        return made(d, d.id(), d.title(), d.rowKey(), items, d.purposes());
    }

    static DatasetPlan with(DatasetPlan d, ItemPlan item) {
        Map<String, ItemPlan> items = new LinkedHashMap<>(d.items());
        items.put(item.name(), item);
        return items(d, items);
    }

    static DatasetPlan without(DatasetPlan d, String item) {
        Map<String, ItemPlan> items = new LinkedHashMap<>(d.items());
        items.remove(item);
        return items(d, items);
    }

    private static DatasetPlan made(
            DatasetPlan d,
            String id,
            String title,
            List<String> rowKey,
            Map<String, ItemPlan> items,
            List<String> purposes) {
        String name = id.substring(id.indexOf('.') + 1);
        Topic topic = new Topic(
                Names.src(d.agency(), name),
                d.topic().partitions(),
                d.topic().policy(),
                RecordSchemas.src(d.agency(), name, title, items.values()));
        return new DatasetPlan(
                id,
                d.agency(),
                name,
                title,
                d.connection(),
                d.table(),
                d.subjects(),
                rowKey,
                d.asOf(),
                items,
                topic,
                d.territories(),
                purposes,
                d.intake(),
                d.grade(),
                d.incident());
    }

    static ItemPlan text(String name, String column) {
        return new ItemPlan(name, name, column, new ItemType.Text(20), 1, Mask.KEEP, ShareClass.CONDITIONAL);
    }

    static ItemPlan label(ItemPlan i, String label) {
        return made(i, label, i.type(), i.level(), i.mask(), i.returnMask(), i.share());
    }

    static ItemPlan type(ItemPlan i, ItemType type) {
        return made(i, i.label(), type, i.level(), i.mask(), i.returnMask(), i.share());
    }

    static ItemPlan level(ItemPlan i, int level) {
        return made(i, i.label(), i.type(), level, i.mask(), i.returnMask(), i.share());
    }

    static ItemPlan mask(ItemPlan i, Mask mask, Mask returnMask) {
        return made(i, i.label(), i.type(), i.level(), mask, returnMask, i.share());
    }

    static ItemPlan share(ItemPlan i, ShareClass share) {
        return made(i, i.label(), i.type(), i.level(), i.mask(), i.returnMask(), share);
    }

    private static ItemPlan made(
            ItemPlan i, String label, ItemType type, int level, Mask mask, Mask returnMask, ShareClass share) {
        return new ItemPlan(
                i.name(),
                label,
                i.sourceName(),
                type,
                i.standard(),
                level,
                i.personal(),
                mask,
                returnMask,
                share,
                i.open(),
                i.verify());
    }

    static BasePlan baseItem(BasePlan base, String item, UnaryOperator<BaseItemPlan> change) {
        Map<String, BaseItemPlan> items = new LinkedHashMap<>(base.items());
        items.computeIfPresent(item, (name, before) -> change.apply(before));
        return new BasePlan(
                base.name(),
                base.title(),
                base.kind(),
                items,
                base.groups(),
                base.topic(),
                base.territories(),
                base.purposes());
    }

    static BaseItemPlan order(BaseItemPlan i, List<String> order) {
        return new BaseItemPlan(
                i.name(),
                i.label(),
                i.type(),
                List.of(new BasePlan.Rule(LocalDate.MIN, order, i.verify())),
                i.compare(),
                i.level(),
                i.mask(),
                i.returnMask(),
                i.share(),
                i.open());
    }
}
