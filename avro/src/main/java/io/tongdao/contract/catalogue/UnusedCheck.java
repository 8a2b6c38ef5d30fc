package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.StandardPlan;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A definition that nobody uses is a mistake: either it or its use was forgotten. Not said of a kind of which some use leads nowhere,
 * since that may be the one.
 */
final class UnusedCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        if (scope.partial("datasets")) {
            return;
        }
        Catalogue catalogue = scope.catalogue();
        Set<String> standards =
                used(catalogue, dataset -> dataset.items().values().stream().flatMap(item -> standard(item)));
        Set<String> connections = used(
                catalogue,
                dataset -> Stream.of(dataset)
                        .filter(d -> d.inbox().blank())
                        .map(d -> d.connection().id()));
        Set<String> inboxes = used(
                catalogue,
                dataset -> Stream.of(dataset.inbox())
                        .filter(inbox -> !inbox.blank())
                        .map(Ref::id));
        report("standard", catalogue.standards(), Catalogue.Standard::at, standards, problems);
        report("connection", catalogue.connections(), Catalogue.Connection::at, connections, problems);
        report("inbox", catalogue.inboxes(), Catalogue.InboxEntry::at, inboxes, problems);
    }

    private static Stream<String> standard(Dataset.Item item) {
        if (!item.standard().blank()) {
            return Stream.of(StandardPlan.idOf(item.standard().id()));
        }
        return item.typed() ? Stream.empty() : Stream.of("");
    }

    private static Set<String> used(Catalogue catalogue, Function<Dataset, Stream<String>> uses) {
        return catalogue.datasets().values().stream().flatMap(uses).collect(Collectors.toSet());
    }

    private static <T> void report(
            String kind, Map<String, T> defined, Function<T, Place> place, Set<String> used, Problems problems) {
        if (!defined.keySet().containsAll(used)) {
            return;
        }
        defined.forEach((name, definition) -> {
            if (!used.contains(name)) {
                problems.add(
                        place.apply(definition),
                        CheckCode.UNUSED,
                        kind + " " + name + " is used by no dataset: use it or take it out");
            }
        });
    }
}
