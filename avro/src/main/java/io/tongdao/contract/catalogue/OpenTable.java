package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ItemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table that a publication is made of, the same for a dataset, a base database and a thematic table, while the catalogue may still be unsound.
 *
 * @param items by name
 * @param datasets all that it can show something of
 */
record OpenTable(Map<String, Shown> items, List<Dataset> datasets) {
    private static final String THEME = "theme.";

    /**
     * What a published item shows.
     *
     * @param type empty: it could not be read, which is reported already
     * @param behind every item of a dataset whose values may stand there: the strictest decides
     */
    record Shown(Optional<ItemType> type, List<Item> behind) {}

    /** Empty: there is no such table, or it can't be said. */
    static Optional<OpenTable> of(Scope scope, String table) {
        if (!table.startsWith(THEME)) {
            return ThemeSource.of(scope, new Ref(table, new Place("", 1))).map(OpenTable::of);
        }
        String name = table.substring(THEME.length());
        int dot = name.indexOf('.');
        Theme theme = dot < 0 ? null : scope.catalogue().themes().get(name.substring(0, dot));
        return Optional.ofNullable(theme)
                .map(found -> found.tables().get(name.substring(dot + 1)))
                .map(found -> of(scope, found));
    }

    private static OpenTable of(ThemeSource source) {
        Map<String, Shown> items = new LinkedHashMap<>();
        source.items().forEach(name -> items.put(name, shown(source, name)));
        return new OpenTable(items, source.datasets().toList());
    }

    private static OpenTable of(Scope scope, Theme.Table table) {
        Map<String, Shown> items = new LinkedHashMap<>();
        List<Dataset> datasets = new ArrayList<>();
        ThemeSource.of(scope, table.rows()).ifPresent(rows -> {
            rows.datasets().forEach(datasets::add);
            table.items().forEach((name, of) -> items.put(name, shown(rows, of.id())));
        });
        for (Theme.Join join : table.beside()) {
            ThemeSource.of(scope, join.of()).ifPresent(source -> {
                source.datasets().forEach(datasets::add);
                join.items().forEach((name, of) -> items.put(name, shown(source, of.id())));
            });
        }
        for (Theme.Counted counted : table.counts()) {
            ThemeSource.of(scope, counted.of()).ifPresent(source -> {
                source.datasets().forEach(datasets::add);
                items.put(counted.name(), figure(source, counted));
            });
        }
        return new OpenTable(items, datasets);
    }

    private static Shown shown(ThemeSource source, String item) {
        return new Shown(source.type(item), source.behind(item).toList());
    }

    /** A count tells of the whole dataset: that the subject is in it. */
    private static Shown figure(ThemeSource source, Theme.Counted counted) {
        return switch (counted.function()) {
            case COUNT ->
                new Shown(
                        Optional.of(new ItemType.BigInt()),
                        source.items().stream().flatMap(source::behind).toList());
            case SUM, VALUE, LEAST, GREATEST -> shown(source, counted.item().id());
        };
    }

    boolean important() {
        return datasets.stream().anyMatch(dataset -> dataset.entry().grade() == Grade.IMPORTANT);
    }

    /** Whether any of it stays with its agency and has no rows here. */
    boolean logical() {
        return datasets.stream().anyMatch(set -> set.collect() == Dataset.Collect.LOGICAL);
    }
}
