package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Connection;
import io.tongdao.contract.catalogue.Catalogue.InboxEntry;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.ItemType;
import java.util.HashMap;
import java.util.Map;

/** A dataset stands where its name says, and all that it names exists. */
final class DatasetCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            path(dataset, problems);
            References.agency(scope, dataset.provider(), problems);
            connection(scope, dataset, problems);
            inbox(scope, dataset, problems);
            dataset.rowKey().forEach(item -> References.item(dataset, item, problems));
            References.item(dataset, dataset.asOf(), problems);
            dataset.share().purposes().forEach(purpose -> References.purpose(purpose, problems));
            territories(dataset, problems);
            asOf(dataset, problems);
            columns(dataset, problems);
            dataset.items().values().forEach(item -> item(scope, item, problems));
        }
    }

    private static void path(Dataset dataset, Problems problems) {
        boolean named = !dataset.name().isEmpty() && !dataset.provider().blank();
        if (named && !dataset.stands()) {
            problems.add(
                    dataset.at(),
                    "dataset.path",
                    "dataset " + dataset.id() + " belongs into " + dataset.file()
                            + ": move the file, or correct the name");
        }
    }

    private static void connection(Scope scope, Dataset dataset, Problems problems) {
        References.connection(scope, dataset.connection(), problems);
        Connection connection =
                scope.catalogue().connections().get(dataset.connection().id());
        if (connection == null
                || !scope.catalogue().agencies().containsKey(connection.source().agency())) {
            return;
        }
        if (!connection.source().agency().equals(dataset.provider().id())) {
            problems.add(
                    dataset.connection().at(),
                    "connection.agency",
                    "connection " + dataset.connection().id() + " belongs to "
                            + connection.source().agency() + ", not to the provider "
                            + dataset.provider().id() + ": use one of the provider's own");
        }
    }

    private static void inbox(Scope scope, Dataset dataset, Problems problems) {
        References.inbox(scope, dataset.inbox(), problems);
        InboxEntry inbox = scope.catalogue().inboxes().get(dataset.inbox().id());
        if (inbox != null && !inbox.inbox().agency().equals(dataset.provider().id())) {
            problems.add(
                    dataset.inbox().at(),
                    "inbox.agency",
                    "inbox " + dataset.inbox().id() + " belongs to " + inbox.inbox().agency()
                            + ", not to the provider " + dataset.provider().id() + ": use one of the provider's own");
        }
    }

    private static void territories(Dataset dataset, Problems problems) {
        dataset.territories().forEach((basis, ref) -> {
            References.item(dataset, ref, problems);
            Item item = dataset.items().get(ref.id());
            if (item != null && item.typed() && !(item.type() instanceof ItemType.DivisionType)) {
                problems.add(
                        ref.at(),
                        "territory.type",
                        "territory " + basis + " is an item of type division, which " + ref.id()
                                + " is not: name one that is");
            }
        });
    }

    private static void asOf(Dataset dataset, Problems problems) {
        Item item = dataset.items().get(dataset.asOf().id());
        if (item == null || !item.typed()) {
            return;
        }
        boolean sorts = item.type() instanceof ItemType.Date
                || item.type() instanceof ItemType.Timestamp
                || item.type().equals(new ItemType.Text("yyyyMM".length()));
        if (!sorts) {
            problems.add(
                    dataset.asOf().at(),
                    "as_of.type",
                    "as_of says when a row was true: name an item of type date, timestamp or string(6) as yyyyMM");
        }
    }

    private static void columns(Dataset dataset, Problems problems) {
        Map<String, Item> byColumn = new HashMap<>();
        for (Item item : dataset.items().values()) {
            Item before = item.sourceName().isEmpty() ? null : byColumn.putIfAbsent(item.sourceName(), item);
            if (before != null) {
                problems.add(
                        item.at(),
                        "item.column",
                        "column " + item.sourceName() + " is item " + before.name() + " already: one item a column");
            }
        }
    }

    private static void item(Scope scope, Item item, Problems problems) {
        if (item.type() instanceof ItemType.Code code) {
            References.standard(scope, new Ref(code.standard(), item.at()), problems);
        }
        String of = item.copyOf().id();
        if (of.isEmpty()) {
            return;
        }
        int dot = of.lastIndexOf('.');
        Ref target = new Ref(dot < 0 ? of : of.substring(0, dot), item.copyOf().at());
        References.dataset(scope, target, problems)
                .ifPresent(dataset -> References.item(dataset, new Ref(of.substring(dot + 1), target.at()), problems));
    }
}
