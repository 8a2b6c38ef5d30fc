package io.tongdao.contract.grant;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A source table as a grant sees it, the same for datasets, base databases and thematic tables.
 *
 * @param identifiers the items that the key is made of: its subject's, or all subjects' where a row has several
 * @param rowKey the items that the key's row part is made of, in its order
 * @param territories the items by which it may be returned (art. 26), each the division of one basis
 * @param level of a whole row: the highest of its items, or what the assessment of a composition raised it to (art. 25)
 * @param grade the gravest of the datasets that it shows
 * @param rows what its rows are written as: its topic's schema, or what lies sealed in it
 * @param incident under which it was collected (art. 27): only that incident's grants read it; empty: none
 * @param purposes the only purposes it is shared for; empty: no provider restricts them
 */
public record GrantTable(
        String name,
        SubjectKind kind,
        Topic topic,
        Map<String, Item> items,
        List<String> identifiers,
        List<String> rowKey,
        List<String> territories,
        List<String> purposes,
        int level,
        Grade grade,
        Topic rows,
        String incident) {
    private static final String BASE = "base.";

    /**
     * @param level 1-4 of GB/T 43697, before any mask
     * @param shared the loosest mask of a share
     * @param returned the loosest mask of a return to the territory it came from
     * @param providers the agencies whose data this item can show
     */
    public record Item(
            String name,
            String label,
            ItemType type,
            int level,
            Mask shared,
            Mask returned,
            ShareClass share,
            Set<String> providers) {

        public Mask loosest(Grant.Kind kind) {
            return switch (kind) {
                case SHARE, EMERGENCY, OPEN, OPERATE -> shared;
                case RETURN -> returned;
            };
        }
    }

    /** Whether its rows lie sealed in its topic. */
    public boolean sealed() {
        return !incident.isEmpty();
    }

    /** By how much the assessment of a composition raised a row above the highest of its items. */
    int raised() {
        return level - highest(items);
    }

    /** @throws IllegalArgumentException if the catalogue has no such table */
    public static GrantTable of(Plan plan, String name) {
        DatasetPlan dataset = plan.datasets().get(name);
        if (dataset != null) {
            return of(name, dataset);
        }
        ThemePlan theme = plan.theme(name);
        if (theme != null) {
            return of(name, theme, plan);
        }
        BasePlan base = name.startsWith(BASE) ? plan.bases().get(name.substring(BASE.length())) : null;
        if (base == null) {
            throw new IllegalArgumentException("no table " + name + " in the catalogue");
        }
        return of(name, base, plan);
    }

    public static boolean exists(Plan plan, String name) {
        return plan.datasets().containsKey(name)
                || plan.theme(name) != null
                || (name.startsWith(BASE) && plan.bases().containsKey(name.substring(BASE.length())));
    }

    private static GrantTable of(String name, DatasetPlan dataset) {
        Map<String, Item> items = new LinkedHashMap<>();
        Set<String> provider = Set.of(dataset.agency());
        dataset.items()
                .values()
                .forEach(i -> items.put(
                        i.name(),
                        new Item(
                                i.name(),
                                i.label(),
                                i.type(),
                                i.level(),
                                i.mask(),
                                i.returnMask(),
                                i.share(),
                                provider)));
        List<String> rowKey = new java.util.ArrayList<>(dataset.rowKey());
        if (dataset.subjects().size() > 1) {
            rowKey.addFirst(SubjectPlan.ROLE_ITEM);
        }
        List<String> identifiers =
                dataset.subjects().stream().map(SubjectPlan::item).distinct().toList();
        return new GrantTable(
                name,
                dataset.kind(),
                dataset.topic(),
                items,
                identifiers,
                List.copyOf(rowKey),
                List.copyOf(dataset.territories().values()),
                dataset.purposes(),
                highest(items),
                dataset.grade(),
                dataset.rows(),
                dataset.incident());
    }

    private static GrantTable of(String name, BasePlan base, Plan plan) {
        Map<String, Item> items = new LinkedHashMap<>();
        base.items()
                .values()
                .forEach(i -> items.put(
                        i.name(),
                        new Item(
                                i.name(),
                                i.label(),
                                i.type(),
                                i.level(),
                                i.mask(),
                                i.returnMask(),
                                i.share(),
                                providers(plan, i))));
        List<String> identifiers = base.items().values().stream()
                .filter(i -> identifies(base.kind(), i.type()))
                .map(BasePlan.BaseItemPlan::name)
                .limit(1)
                .toList();
        return new GrantTable(
                name,
                base.kind(),
                base.topic(),
                items,
                identifiers,
                List.of(),
                List.copyOf(base.territories().values()),
                base.purposes(),
                highest(items),
                grade(base, plan),
                base.topic(),
                "");
    }

    /** A row of a thematic table has the key of the row that it comes of. What that key is made of and the table doesn't show, no grant releases. */
    private static GrantTable of(String name, ThemePlan theme, Plan plan) {
        Map<String, Item> items = new LinkedHashMap<>();
        theme.items()
                .values()
                .forEach(i -> items.put(
                        i.name(),
                        new Item(
                                i.name(),
                                i.label(),
                                i.type(),
                                i.level(),
                                i.mask(),
                                i.returnMask(),
                                i.share(),
                                providers(plan, theme, i))));
        GrantTable rows = of(plan, theme.rows());
        return new GrantTable(
                name,
                theme.kind(),
                theme.topic(),
                items,
                rows.identifiers().stream().map(item -> shown(theme, item)).toList(),
                rows.rowKey().stream().map(item -> shown(theme, item)).toList(),
                rows.territories().stream()
                        .map(item -> shown(theme, item))
                        .filter(items::containsKey)
                        .toList(),
                theme.purposes(),
                Math.max(theme.level(), highest(items)),
                theme.grade(),
                theme.topic(),
                "");
    }

    /** The name by which a table shows an item of its own rows; one that is no item's if it doesn't. */
    private static String shown(ThemePlan theme, String item) {
        return theme.items().values().stream()
                .filter(i -> i.function() == ThemePlan.Function.VALUE
                        && i.by().isEmpty()
                        && i.source().equals(theme.rows())
                        && i.sourceItem().equals(item))
                .map(ThemePlan.Item::name)
                .findFirst()
                .orElse(theme.rows() + "." + item);
    }

    /** That a row is there at all tells that the subject is in the table's rows: so their provider approves every item. */
    private static Set<String> providers(Plan plan, ThemePlan theme, ThemePlan.Item item) {
        Set<String> agencies = new TreeSet<>(providers(plan, item.source(), item.sourceItem()));
        agencies.addAll(providers(plan, theme.rows(), ""));
        return agencies;
    }

    /** @param item empty: any */
    private static Set<String> providers(Plan plan, String source, String item) {
        Set<String> agencies = new TreeSet<>();
        of(plan, source).items().values().stream()
                .filter(i -> item.isEmpty() || i.name().equals(item))
                .forEach(i -> agencies.addAll(i.providers()));
        return agencies;
    }

    private static Set<String> providers(Plan plan, BasePlan.BaseItemPlan item) {
        Set<String> agencies = new TreeSet<>();
        for (BasePlan.Rule rule : item.rules()) {
            for (String id : rule.order()) {
                DatasetPlan dataset = plan.datasets().get(id);
                agencies.add(dataset == null ? id.substring(0, id.indexOf('.')) : dataset.agency());
            }
        }
        return agencies;
    }

    private static int highest(Map<String, Item> items) {
        return items.values().stream().mapToInt(Item::level).max().orElse(1);
    }

    private static Grade grade(BasePlan base, Plan plan) {
        return base.items().values().stream()
                .flatMap(item -> item.sources().stream())
                .map(id -> plan.datasets().get(id))
                .filter(java.util.Objects::nonNull)
                .map(DatasetPlan::grade)
                .max(Grade::compareTo)
                .orElse(Grade.GENERAL);
    }

    private static boolean identifies(SubjectKind kind, ItemType type) {
        return switch (kind) {
            case PERSON -> type instanceof ItemType.CitizenIdType;
            case ORGANISATION -> type instanceof ItemType.CreditCodeType;
            case PLACE, OTHER -> type instanceof ItemType.DocumentType;
        };
    }
}
