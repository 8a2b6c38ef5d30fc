package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Base;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Theme;
import java.util.ArrayList;
import java.util.List;

/** A thematic database as the page shows it. */
public record ThemeEntry(String name, String title, String level, String division, List<Table> tables) {

    /** @param parts which source gives which items, the rows' own source first */
    public record Table(String name, String title, List<Part> parts) {}

    /** @param items their names in the table, with what they are called at the source where that differs */
    public record Part(String role, String source, String items) {}

    static ThemeEntry of(Catalogue catalogue, Theme theme) {
        String division = theme.division().id();
        return new ThemeEntry(
                theme.name(),
                theme.title(),
                Chinese.level(theme.level()),
                catalogue.divisions().names().getOrDefault(division, division),
                theme.tables().values().stream().map(table -> table(catalogue, table)).toList());
    }

    private static Table table(Catalogue catalogue, Theme.Table table) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("主体", source(catalogue, table.rows().id()), String.join("、", table.items().keySet())));
        table.beside()
                .forEach(join -> parts.add(new Part(
                        join.by().blank() ? "并列" : "经 " + join.by().id() + " 关联",
                        source(catalogue, join.of().id()),
                        String.join("、", join.items().keySet()))));
        table.counts()
                .forEach(counted -> parts.add(new Part(
                        function(counted), source(catalogue, counted.of().id()), counted.name())));
        return new Table(table.name(), table.title(), parts);
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
