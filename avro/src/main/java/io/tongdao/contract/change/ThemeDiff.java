package io.tongdao.contract.change;

import io.tongdao.contract.plan.ThemePlan;
import java.util.ArrayList;
import java.util.List;

/** A thematic table that is new, gone, or in both catalogues. */
final class ThemeDiff {
    private ThemeDiff() {}

    static String created(ThemePlan theme) {
        return "%s, %d items by the rows of %s into topic %s, table theme_%s; filled from what is there"
                .formatted(
                        theme.title(),
                        theme.items().size(),
                        theme.rows(),
                        theme.topic().name(),
                        theme.id());
    }

    static String kept(ThemePlan theme) {
        return "topic %s and table theme_%s stay as they are; nobody keeps them up"
                .formatted(theme.topic().name(), theme.id());
    }

    static List<Change> between(ThemePlan old, ThemePlan next) {
        List<Change> found = new ArrayList<>();
        if (old.equals(next)) {
            return found;
        }
        if (old.kind() != next.kind()
                || old.topic().partitions() != next.topic().partitions()) {
            found.add(new Change.Fixed(
                    "rows of theme " + next.id(),
                    "a thematic table can't change from %ss to %ss: give it a new name"
                            .formatted(old.kind().word(), next.kind().word())));
            return found;
        }
        boolean words = old.items().values().stream()
                        .map(ThemeDiff::composed)
                        .toList()
                        .equals(next.items().values().stream()
                                .map(ThemeDiff::composed)
                                .toList())
                && old.rows().equals(next.rows())
                && old.territory().equals(next.territory())
                && old.division().equals(next.division());
        found.add(
                new Change.Reworded(
                        Part.THEME,
                        next.id(),
                        next.title()
                                + (words
                                        ? ": titles, levels or masks, which act through grants"
                                        : ": its rows are composed anew from what is there; only those that change are written")));
        if (!old.topic().schema().equals(next.topic().schema())) {
            found.add(new Change.SchemaChanged(
                    next.topic().name(),
                    SchemaDiff.problems(old.topic().schema(), next.topic().schema())));
        }
        return found;
    }

    private static List<Object> composed(ThemePlan.Item item) {
        return List.of(item.name(), item.type(), item.function(), item.source(), item.sourceItem(), item.by());
    }
}
