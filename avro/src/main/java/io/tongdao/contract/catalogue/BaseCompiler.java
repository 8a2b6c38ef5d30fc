package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compiles a base database. A golden item is as strict as the strictest of its sources, those that only verify it included: its
 * dispute says something of their value.
 */
final class BaseCompiler {
    private final Catalogue catalogue;

    BaseCompiler(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    BasePlan compile(Base base, int partitions) {
        Map<String, BaseItemPlan> items = PlanCompiler.each(base.items(), item -> item(base, item));
        Topic topic = new Topic(
                Names.base(base.name()),
                partitions,
                Policy.KEYED,
                RecordSchemas.base(base.name(), base.title(), items.values()));
        List<List<String>> groups = base.groups().stream()
                .map(group -> group.stream().map(Ref::id).toList())
                .toList();
        return new BasePlan(
                base.name(),
                base.title(),
                base.kind(),
                items,
                groups,
                topic,
                territories(base),
                Purposes.common(catalogue, base).orElse(List.of()));
    }

    private BaseItemPlan item(Base base, BaseItem item) {
        List<Item> held = item.sources().stream()
                .flatMap(source -> held(base, item, source).stream())
                .toList();
        Item led = held.getFirst();
        return new BaseItemPlan(
                item.name(),
                item.label().isEmpty() ? led.label() : item.label(),
                led.type(),
                item.order().stream().map(Ref::id).toList(),
                item.verify().stream().map(Ref::id).toList(),
                item.compare(),
                held.stream().mapToInt(Item::level).max().orElseThrow(),
                tightest(held, Item::mask),
                tightest(held, Item::returnMask),
                held.stream().map(Item::share).max(Comparator.naturalOrder()).orElse(ShareClass.WITHHELD));
    }

    private List<Item> held(Base base, BaseItem item, Ref source) {
        Dataset dataset = dataset(source);
        return dataset.subjects().stream()
                .filter(subject -> subject.kind() == base.kind())
                .flatMap(subject -> dataset.claim(subject, item.name()).stream())
                .toList();
    }

    private Dataset dataset(Ref source) {
        return java.util.Objects.requireNonNull(catalogue.datasets().get(source.id()), source.id());
    }

    private static Mask tightest(List<Item> items, Function<Item, Mask> mask) {
        return items.stream()
                .map(mask)
                .reduce(Mask.KEEP, (a, b) -> tighter(a, b).orElse(Mask.DROP));
    }

    /** The one of two masks that discloses no more than the other, if they can be compared. */
    static Optional<Mask> tighter(Mask a, Mask b) {
        if (a.atLeastAsTightAs(b)) {
            return Optional.of(a);
        }
        return b.atLeastAsTightAs(a) ? Optional.of(b) : Optional.empty();
    }

    /** The bases of return that a source of record declares on an item which this base database holds. */
    private Map<String, String> territories(Base base) {
        Map<String, String> territories = new LinkedHashMap<>();
        base.items()
                .values()
                .forEach(item -> dataset(item.source()).territories().forEach((basis, division) -> {
                    if (held(base, item, item.source()).stream()
                            .anyMatch(held -> held.name().equals(division.id()))) {
                        territories.putIfAbsent(basis, item.name());
                    }
                }));
        return territories;
    }
}
