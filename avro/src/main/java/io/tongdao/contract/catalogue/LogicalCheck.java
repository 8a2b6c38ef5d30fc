package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Dataset.Collect;
import io.tongdao.contract.catalogue.Dataset.Method;

/**
 * A dataset that stays with its agency (逻辑归集) has no rows here: nothing can be made of it, returned or handed on. It can only be asked,
 * at its source, whether a value is right.
 */
final class LogicalCheck implements Check {
    private static final String COPY = ", or collect it: collect: physical";

    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            if (dataset.collect() == Collect.LOGICAL) {
                logical(dataset, problems);
            }
        }
        for (Base base : scope.catalogue().bases().values()) {
            for (BaseItem item : base.items().values()) {
                item.sources().forEach(source -> source(scope, source, "base " + base.name(), problems));
            }
            base.checks()
                    .values()
                    .forEach(check -> check.reads()
                            .values()
                            .forEach(source -> source(scope, source, "base " + base.name(), problems)));
        }
        scope.catalogue().themes().values().forEach(theme -> theme(scope, theme, problems));
    }

    private static void theme(Scope scope, Theme theme, Problems problems) {
        for (Theme.Table table : theme.tables().values()) {
            String user = "theme " + theme.name();
            source(scope, table.rows(), user, problems);
            table.beside().forEach(join -> source(scope, join.of(), user, problems));
            table.counts().forEach(counted -> source(scope, counted.of(), user, problems));
        }
    }

    private static void logical(Dataset dataset, Problems problems) {
        if (!dataset.inbox().blank()) {
            problems.add(
                    dataset.inbox().at(),
                    CheckCode.LOGICAL_FILES,
                    "dataset " + dataset.id() + " is collected logically, so it is asked in its own database: name"
                            + " connection and table" + COPY);
        }
        if (dataset.share().methods().stream().anyMatch(method -> method != Method.VERIFY)) {
            problems.add(
                    dataset.share().at(),
                    CheckCode.LOGICAL_SHARE,
                    "dataset " + dataset.id() + " is collected logically, so it can be shared only by verification:"
                            + " write methods: [verify]" + COPY);
        }
        dataset.territories()
                .forEach((basis, item) -> problems.add(
                        item.at(),
                        CheckCode.LOGICAL_RETURN,
                        "dataset " + dataset.id() + " is collected logically, so nothing of it can be returned: take"
                                + " territory out" + COPY));
    }

    /** Whatever is built of datasets names only those that are here. */
    static void source(Scope scope, Ref source, String user, Problems problems) {
        Dataset dataset = scope.catalogue().datasets().get(source.id());
        if (dataset != null && dataset.collect() == Collect.LOGICAL) {
            problems.add(
                    source.at(),
                    CheckCode.LOGICAL_SOURCE,
                    "dataset " + source.id() + " is collected logically, so " + user
                            + " can't be made of it: name another source" + COPY);
        }
    }
}
