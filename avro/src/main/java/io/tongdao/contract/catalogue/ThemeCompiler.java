package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Theme.Counted;
import io.tongdao.contract.catalogue.Theme.Join;
import io.tongdao.contract.catalogue.Theme.Table;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.plan.ThemePlan.Function;
import io.tongdao.contract.plan.ThemePlan.Item;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Compiles thematic databases: each item as strict as its source, a row as strict as its strictest item or its assessment (art. 25). */
final class ThemeCompiler {
    private static final String BASE = "base.";
    private static final int WIDEST = 38;
    private static final int SUM_DIGITS = 10;
    private final Catalogue catalogue;
    private final Map<String, DatasetPlan> datasets;
    private final Map<String, BasePlan> bases;

    ThemeCompiler(Catalogue catalogue, Map<String, DatasetPlan> datasets, Map<String, BasePlan> bases) {
        this.catalogue = catalogue;
        this.datasets = datasets;
        this.bases = bases;
    }

    /** By {@code database.table}. */
    Map<String, ThemePlan> compile() {
        Map<String, ThemePlan> plans = new LinkedHashMap<>();
        for (Theme theme : catalogue.themes().values()) {
            for (Table table : theme.tables().values()) {
                ThemePlan plan = table(theme, table);
                plans.put(plan.id(), plan);
            }
        }
        return Collections.unmodifiableMap(plans);
    }

    private ThemePlan table(Theme theme, Table table) {
        Map<String, Item> items = new LinkedHashMap<>();
        table.items().forEach((name, of) -> items.put(name, value(name, table.rows(), of, "")));
        for (Join join : table.beside()) {
            Classes told = told(table.rows(), join.by());
            join.items()
                    .forEach((name, of) -> items.put(
                            name, told.and(value(name, join.of(), of, join.by().id()))));
        }
        table.counts().forEach(counted -> items.put(counted.name(), figure(counted)));
        DatasetPlan dataset = datasets.get(table.rows().id());
        int level = items.values().stream().mapToInt(Item::level).max().orElse(1);
        return new ThemePlan(
                theme.name(),
                table.name(),
                table.title(),
                theme.division().id(),
                dataset == null ? base(table.rows()).kind() : dataset.kind(),
                table.rows().id(),
                dataset == null ? List.of() : dataset.rowKey(),
                Collections.unmodifiableMap(items),
                territory(table, dataset),
                Math.max(level, table.raisesTo()),
                purposes(table),
                sources(table).map(this::grade).max(Grade::compareTo).orElse(Grade.GENERAL),
                new Topic(
                        Names.theme(theme.name(), table.name()),
                        (dataset == null ? base(table.rows()).topic() : dataset.topic()).partitions(),
                        Policy.KEYED,
                        RecordSchemas.theme(theme.name(), table.name(), table.title(), items.values())));
    }

    private String territory(Table table, @org.jspecify.annotations.Nullable DatasetPlan dataset) {
        Map<String, String> declared = dataset == null ? base(table.rows()).territories() : dataset.territories();
        return declared.getOrDefault(table.territory().id(), "");
    }

    /** Share and open class that an item has at least. */
    private record Classes(ShareClass share, ShareClass open) {
        Classes stricter(ShareClass otherShare, ShareClass otherOpen) {
            return new Classes(share.stricter(otherShare), open.stricter(otherOpen));
        }

        Item and(Item item) {
            Classes both = stricter(item.share(), item.open());
            return item.under(both.share, both.open);
        }
    }

    /**
     * What an item beside a row tells, whatever it is: that its subject has such a row, and where it is of another subject, which one the row
     * names. Who can't have that can't have it this way.
     */
    private Classes told(Ref rows, Ref by) {
        Classes told = new Classes(ShareClass.UNCONDITIONAL, ShareClass.UNCONDITIONAL);
        DatasetPlan dataset = datasets.get(rows.id());
        if (dataset == null) {
            BasePlan.BaseItemPlan link = base(rows).items().get(by.id());
            return link == null ? told : told.stricter(link.share(), link.open());
        }
        Stream<String> names = Stream.concat(dataset.subjects().stream().map(SubjectPlan::item), Stream.of(by.id()));
        for (ItemPlan item :
                names.map(dataset.items()::get).filter(Objects::nonNull).toList()) {
            told = told.stricter(item.share(), item.open());
        }
        return told;
    }

    private static Stream<Ref> sources(Table table) {
        return Stream.of(
                        Stream.of(table.rows()),
                        table.beside().stream().map(Join::of),
                        table.counts().stream().map(Counted::of))
                .flatMap(refs -> refs);
    }

    private List<String> purposes(Table table) {
        return Purposes.common(catalogue.purposes(), sources(table).map(source -> {
                    DatasetPlan dataset = datasets.get(source.id());
                    return dataset == null ? base(source).purposes() : dataset.purposes();
                }))
                .orElse(List.of());
    }

    private Grade grade(Ref source) {
        DatasetPlan dataset = datasets.get(source.id());
        return dataset != null
                ? dataset.grade()
                : base(source).items().values().stream()
                        .flatMap(item -> item.sources().stream())
                        .map(id -> Objects.requireNonNull(datasets.get(id), id).grade())
                        .max(Grade::compareTo)
                        .orElse(Grade.GENERAL);
    }

    private Item value(String name, Ref source, Ref item, String by) {
        DatasetPlan dataset = datasets.get(source.id());
        if (dataset != null) {
            ItemPlan of = Objects.requireNonNull(dataset.items().get(item.id()), item.id());
            return new Item(
                    name,
                    of.label(),
                    of.type(),
                    Function.VALUE,
                    source.id(),
                    of.name(),
                    by,
                    of.level(),
                    of.mask(),
                    of.returnMask(),
                    of.share(),
                    of.open());
        }
        BasePlan.BaseItemPlan of = Objects.requireNonNull(base(source).items().get(item.id()), item.id());
        return new Item(
                name,
                of.label(),
                of.type(),
                Function.VALUE,
                source.id(),
                of.name(),
                by,
                of.level(),
                of.mask(),
                of.returnMask(),
                of.share(),
                of.open());
    }

    /** A sum tells of its item, a count of the whole dataset: that the subject is in it. */
    private Item figure(Counted counted) {
        DatasetPlan dataset = Objects.requireNonNull(
                datasets.get(counted.of().id()), counted.of().id());
        List<ItemPlan> behind = counted.function() == Function.COUNT
                ? List.copyOf(dataset.items().values())
                : List.of(Objects.requireNonNull(
                        dataset.items().get(counted.item().id())));
        ItemType type = type(counted.function(), behind.getFirst().type());
        String label = counted.function() == Function.COUNT
                ? dataset.title()
                : behind.getFirst().label();
        return new Item(
                counted.name(),
                label,
                type,
                counted.function(),
                dataset.id(),
                counted.item().id(),
                "",
                behind.stream().mapToInt(ItemPlan::level).max().orElse(1),
                mask(counted, behind.stream().map(ItemPlan::mask), type),
                mask(counted, behind.stream().map(ItemPlan::returnMask), type),
                behind.stream().map(ItemPlan::share).reduce(ShareClass.UNCONDITIONAL, ShareClass::stricter),
                behind.stream().map(ItemPlan::open).reduce(ShareClass.UNCONDITIONAL, ShareClass::stricter));
    }

    private static Mask mask(Counted counted, Stream<Mask> behind, ItemType type) {
        if (counted.function() == Function.COUNT) {
            return Mask.KEEP;
        }
        Mask mask = BaseCompiler.tightest(behind);
        return mask.fits(type) ? mask : Mask.DROP;
    }

    private static ItemType type(Function function, ItemType of) {
        return switch (function) {
            case COUNT -> new ItemType.BigInt();
            case SUM ->
                of instanceof ItemType.Decimal(int precision, int scale)
                        ? new ItemType.Decimal(Math.min(WIDEST, precision + SUM_DIGITS), scale)
                        : new ItemType.BigInt();
            case VALUE, LEAST, GREATEST -> of;
        };
    }

    private BasePlan base(Ref source) {
        String name = source.id().substring(BASE.length());
        return Objects.requireNonNull(bases.get(name), name);
    }
}
