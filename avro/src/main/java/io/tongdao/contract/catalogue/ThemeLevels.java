package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Theme.Counted;
import io.tongdao.contract.catalogue.Theme.Join;
import io.tongdao.contract.catalogue.Theme.Table;
import io.tongdao.contract.plan.ThemePlan.Function;
import java.util.Collection;

/** The levels of what a thematic table puts together (art. 25). */
final class ThemeLevels {
    private ThemeLevels() {}

    /** The highest level of the items that come from the table's own rows. */
    static int ofRows(Scope scope, Table table) {
        return level(scope, table.rows(), table.items().values());
    }

    /** The highest level of all its items. */
    static int highest(Scope scope, Table table) {
        int highest = ofRows(scope, table);
        for (Join join : table.beside()) {
            highest = Math.max(highest, level(scope, join.of(), join.items().values()));
        }
        for (Counted counted : table.counts()) {
            highest = Math.max(highest, figure(scope, counted));
        }
        return highest;
    }

    private static int figure(Scope scope, Counted counted) {
        Dataset dataset = scope.catalogue().datasets().get(counted.of().id());
        if (dataset == null) {
            return 0;
        }
        Dataset.Item item = dataset.items().get(counted.item().id());
        return counted.function() == Function.COUNT ? dataset.level() : item == null ? 0 : item.level();
    }

    private static int level(Scope scope, Ref source, Collection<Ref> items) {
        return ThemeSource.of(scope, source)
                .map(from -> items.stream()
                        .mapToInt(item -> from.level(item.id()))
                        .max()
                        .orElse(0))
                .orElse(0);
    }
}
