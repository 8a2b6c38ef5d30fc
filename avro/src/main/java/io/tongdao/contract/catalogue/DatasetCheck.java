package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Connection;
import io.tongdao.contract.catalogue.Catalogue.InboxEntry;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.StandardPlan;
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
            dataset.share().purposes().forEach(purpose -> References.purpose(scope, purpose, problems));
            territories(dataset, problems);
            asOf(dataset, problems);
            columns(dataset, problems);
            dataset.items().values().forEach(item -> item(scope, dataset, item, problems));
        }
    }

    private static void path(Dataset dataset, Problems problems) {
        boolean named = !dataset.name().isEmpty() && !dataset.provider().blank();
        if (named && !dataset.stands()) {
            problems.add(
                    dataset.at(),
                    CheckCode.DATASET_PATH,
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
                    CheckCode.CONNECTION_AGENCY,
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
                    CheckCode.INBOX_AGENCY,
                    "inbox " + dataset.inbox().id() + " belongs to "
                            + inbox.inbox().agency() + ", not to the provider "
                            + dataset.provider().id() + ": use one of the provider's own");
        }
    }

    private static void territories(Dataset dataset, Problems problems) {
        dataset.territories().forEach((basis, ref) -> {
            References.item(dataset, ref, problems);
            Item item = dataset.items().get(ref.id());
            if (item != null && item.typed() && !(item.type() instanceof ItemType.DivisionType)) {
                problems.add(
                        ref.at(),
                        CheckCode.TERRITORY_TYPE,
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
                    CheckCode.AS_OF_TYPE,
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
                        CheckCode.ITEM_COLUMN,
                        "column " + item.sourceName() + " is item " + before.name() + " already: one item a column");
            }
        }
    }

    /** What withdraws an item is told by a value that can be written down. */
    private static void withdraws(Dataset dataset, Item item, Problems problems) {
        Ref by = item.withdraws().item();
        References.item(dataset, by, problems);
        Item told = dataset.items().get(by.id());
        if (told != null
                && told.typed()
                && (told.type() instanceof ItemType.Date
                        || told.type() instanceof ItemType.Timestamp
                        || told.type() instanceof ItemType.Decimal)) {
            problems.add(
                    by.at(),
                    CheckCode.ITEM_WITHDRAWS,
                    by.id() + " is a date or an amount, and what withdraws " + item.name()
                            + " is told by a text, a code or a whole number: name such an item");
        }
    }

    private static void item(Scope scope, Dataset dataset, Item item, Problems problems) {
        withdraws(dataset, item, problems);
        if (!item.agency().equals(dataset.provider())) {
            References.agency(scope, item.agency(), problems);
        }
        if (!item.standard().blank()) {
            References.standard(scope, item.standard(), problems);
            standard(scope, item, problems);
        }
        String of = item.copyOf().id();
        if (of.isEmpty()) {
            return;
        }
        int dot = of.lastIndexOf('.');
        Ref target = new Ref(dot < 0 ? of : of.substring(0, dot), item.copyOf().at());
        References.dataset(scope, target, problems)
                .ifPresent(
                        original -> References.item(original, new Ref(of.substring(dot + 1), target.at()), problems));
    }

    /** A code has a code table, text a format. */
    private static void standard(Scope scope, Item item, Problems problems) {
        Catalogue.Standard standard = scope.catalogue()
                .standards()
                .get(StandardPlan.idOf(item.standard().id()));
        boolean code = item.type() instanceof ItemType.Code;
        boolean fits = standard == null
                || (code
                        ? standard.kind() == StandardPlan.Kind.CODES
                        : standard.kind() == StandardPlan.Kind.FORMAT && item.type() instanceof ItemType.Text);
        if (standard != null && !fits) {
            problems.add(
                    item.standard().at(),
                    CheckCode.STANDARD_TYPE,
                    "standard " + standard.id() + " does not fit the type of " + item.name()
                            + ": a code table stands in type: code(…), a format in standard: beside type: string(n)");
        }
    }
}
