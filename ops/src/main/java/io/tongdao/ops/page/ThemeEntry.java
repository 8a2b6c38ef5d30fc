package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Base;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Ref;
import io.tongdao.contract.catalogue.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A thematic database as the page shows it. */
public record ThemeEntry(String name, String title, String level, String division, List<Table> tables) {

    /** @param parts which source gives which items, the rows' own source first */
    public record Table(String name, String title, List<Part> parts) {}

    public record Part(String role, String source, List<Named> items) {}

    /** @param name in the table */
    public record Named(String label, String name) {}

    static ThemeEntry of(Catalogue catalogue, Theme theme) {
        String division = theme.division().id();
        return new ThemeEntry(
                theme.name(),
                theme.title(),
                Chinese.level(theme.level()),
                catalogue.divisions().names().getOrDefault(division, division),
                theme.tables().values().stream()
                        .map(table -> table(catalogue, table))
                        .toList());
    }

    private static Table table(Catalogue catalogue, Theme.Table table) {
        String rows = table.rows().id();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("主体", source(catalogue, rows), named(catalogue, rows, table.items())));
        for (Theme.Join join : table.beside()) {
            String of = join.of().id();
            String role = join.by().blank()
                    ? "并列"
                    : "经“" + Labels.of(catalogue, rows, join.by().id()) + "”关联";
            parts.add(new Part(role, source(catalogue, of), named(catalogue, of, join.items())));
        }
        for (Theme.Counted counted : table.counts()) {
            String of = counted.of().id();
            String label = counted.item().blank()
                    ? "行数"
                    : Labels.of(catalogue, of, counted.item().id());
            parts.add(new Part(function(counted), source(catalogue, of), List.of(new Named(label, counted.name()))));
        }
        return new Table(table.name(), table.title(), parts);
    }

    private static List<Named> named(Catalogue catalogue, String source, Map<String, Ref> items) {
        return items.entrySet().stream()
                .map(item ->
                        new Named(Labels.of(catalogue, source, item.getValue().id()), item.getKey()))
                .toList();
    }

    private static String function(Theme.Counted counted) {
        return switch (counted.function()) {
            case VALUE -> "取值";
            case COUNT -> "计数";
            case SUM -> "合计";
            case LEAST -> "最小";
            case GREATEST -> "最大";
        };
    }

    private static String source(Catalogue catalogue, String id) {
        if (id.startsWith("base.")) {
            Base base = catalogue.bases().get(id.substring("base.".length()));
            return base == null ? id : base.title();
        }
        return DatasetEntry.dataset(catalogue, id);
    }
}
