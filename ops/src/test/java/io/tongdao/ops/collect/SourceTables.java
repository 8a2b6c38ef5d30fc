package io.tongdao.ops.collect;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan by hand, one dataset after another, for tables that a test makes itself. */
final class SourceTables {
    static final int PARTITIONS = 3;
    private final Map<String, DatasetPlan> datasets = new LinkedHashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();

    /** @param items item name → type; each item's column has its name in upper case */
    SourceTables add(Source source, String table, Map<String, ItemType> items, String subject, String... rowKey) {
        return add(source, table, items, List.of(new SubjectPlan("", SubjectKind.PERSON, subject, Map.of())), rowKey);
    }

    SourceTables add(
            Source source, String table, Map<String, ItemType> items, List<SubjectPlan> subjects, String... rowKey) {
        String name = table.substring(table.indexOf('.') + 1);
        Map<String, ItemPlan> plans = new LinkedHashMap<>();
        items.forEach((item, type) -> plans.put(
                item,
                new ItemPlan(
                        item,
                        item,
                        item.equals(SubjectPlan.ROLE_ITEM) ? "" : item.toUpperCase(java.util.Locale.ROOT),
                        type,
                        2,
                        Mask.KEEP,
                        ShareClass.CONDITIONAL)));
        Topic topic = new Topic(
                Names.src(source.agency(), name),
                PARTITIONS,
                Policy.KEYED,
                RecordSchemas.src(source.agency(), name, name, plans.values()));
        String id = source.agency() + '.' + name;
        datasets.put(
                id,
                new DatasetPlan(
                        id,
                        source.agency(),
                        name,
                        name,
                        source.name(),
                        table,
                        subjects,
                        List.of(rowKey),
                        "",
                        plans,
                        topic));
        sources.put(source.name(), source);
        return this;
    }

    Plan plan() {
        return new Plan(
                datasets,
                Map.of(),
                sources,
                Map.of(SubjectKind.PERSON, PARTITIONS),
                Map.of(),
                new Divisions(Map.of(), Map.of(), Map.of()),
                "test");
    }
}
