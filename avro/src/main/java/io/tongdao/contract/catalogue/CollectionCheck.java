package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be had by sharing is not collected again (art. 22): one collector for each concept of a kind of subject; others hold
 * copies. The collector is the source of record where there is one, else the dataset whose id comes first.
 */
final class CollectionCheck implements Check {
    private record Collected(Dataset dataset, Item item) {}

    @Override
    public void run(Scope scope, Problems problems) {
        Set<String> leaders = leaders(scope.catalogue());
        Map<String, List<Collected>> collected = new HashMap<>();
        scope.catalogue().datasets().values().stream()
                .filter(dataset -> !dataset.subjects().isEmpty())
                .forEach(dataset -> dataset.items().values().stream()
                        .filter(item -> item.origin() == Origin.COLLECTED
                                && !item.concept().isEmpty())
                        .forEach(item -> collected
                                .computeIfAbsent(concept(dataset, item), key -> new ArrayList<>())
                                .add(new Collected(dataset, item))));
        collected.values().forEach(all -> repeated(all, leaders, problems));
    }

    private static String concept(Dataset dataset, Item item) {
        return dataset.subjects().getFirst().kind().word() + " " + item.concept();
    }

    /** {@code dataset concept} of every source of record. */
    private static Set<String> leaders(Catalogue catalogue) {
        Set<String> leaders = new HashSet<>();
        for (Base base : catalogue.bases().values()) {
            for (BaseItem item : base.items().values()) {
                item.leaders().forEach(leader -> leaders.add(leader.id() + " " + item.name()));
            }
        }
        return leaders;
    }

    private static void repeated(List<Collected> all, Set<String> leaders, Problems problems) {
        Collected first = all.stream()
                .filter(one ->
                        leaders.contains(one.dataset().id() + " " + one.item().concept()))
                .findFirst()
                .orElse(all.getFirst());
        for (Collected again : all) {
            if (!again.dataset().id().equals(first.dataset().id())) {
                String original = first.dataset().id() + "." + first.item().name();
                problems.add(
                        again.item().at(),
                        CheckCode.COLLECT_REPEAT,
                        "item " + again.item().name() + " is collected by " + original
                                + " already (art. 22): get it by sharing and" + " write origin: {copy_of: " + original
                                + "}; or, if it means something else, concept: …");
            }
        }
    }
}
