package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
                Purposes.common(catalogue, base).orElse(List.of()),
                PlanCompiler.each(base.checks(), check -> CrossRuleCheck.compiled(catalogue, base, check)),
                identity(base));
    }

    private static BasePlan.@Nullable Identity identity(Base base) {
        Base.Identity said = base.identity();
        return said == null
                ? null
                : new BasePlan.Identity(
                        said.name().id(),
                        said.birth().id(),
                        said.sex().id(),
                        said.issuer().id(),
                        said.unknown().stream().map(Ref::id).toList());
    }

    private BaseItemPlan item(Base base, BaseItem item) {
        List<Item> held = Stream.concat(
                        item.sources().stream().flatMap(source -> held(base, item, source).stream()),
                        disputing(base, item))
                .toList();
        Item led = held.getFirst();
        return new BaseItemPlan(
                item.name(),
                item.label().isEmpty() ? led.label() : item.label(),
                led.type(),
                item.rules().stream().map(BaseCompiler::rule).toList(),
                comparison(base, item, led),
                held.stream().mapToInt(Item::level).max().orElseThrow(),
                tightest(held.stream().map(Item::mask)),
                tightest(held.stream().map(Item::returnMask)),
                held.stream().map(one -> one.share().type()).reduce(ShareClass.UNCONDITIONAL, ShareClass::stricter),
                held.stream().map(one -> one.open().type()).reduce(ShareClass.UNCONDITIONAL, ShareClass::stricter),
                item.blame());
    }

    /** What a check reads of datasets where it disputes the item: the dispute says something of it. */
    private Stream<Item> disputing(Base base, BaseItem item) {
        return base.checks().values().stream()
                .filter(check ->
                        check.disputes().stream().anyMatch(ref -> ref.id().equals(item.name())))
                .map(check -> CrossRuleCheck.compiled(catalogue, base, check))
                .flatMap(check -> check.reads().values().stream()
                        .flatMap(id -> check.itemsOf(id).stream()
                                .flatMap(name -> CrossRuleCheck.held(
                                        base,
                                        java.util.Objects.requireNonNull(
                                                catalogue.datasets().get(id)),
                                        name)
                                        .stream())));
    }

    /** Codes with the mappings of their table. */
    private Comparison comparison(Base base, BaseItem item, Item led) {
        if (!(item.compare() instanceof Comparison.Code)) {
            return item.compare();
        }
        String own = StandardPlan.idOf(led.standard().id());
        Catalogue.Standard standard = catalogue.standards().get(own);
        if (standard == null) {
            return Comparison.CODE;
        }
        Map<String, Map<String, String>> tables = new TreeMap<>();
        for (Ref source : item.sources()) {
            for (Item held : held(base, item, source)) {
                Catalogue.Mapping mapping =
                        standard.maps().get(StandardPlan.idOf(held.standard().id()));
                if (mapping != null) {
                    tables.put(source.id(), PlanCompiler.each(mapping.codes(), Ref::id));
                }
            }
        }
        return tables.isEmpty() ? Comparison.CODE : new Comparison.Code(Collections.unmodifiableMap(tables));
    }

    private static BasePlan.Rule rule(Base.Rule rule) {
        return new BasePlan.Rule(
                rule.from(),
                rule.order().stream().map(Ref::id).toList(),
                rule.verify().stream().map(Ref::id).toList(),
                rule.strategy());
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

    /** The tightest of masks; drop where two can't be compared. */
    static Mask tightest(Stream<Mask> masks) {
        return masks.reduce(Mask.KEEP, (a, b) -> tighter(a, b).orElse(Mask.DROP));
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
        for (BaseItem item : base.items().values()) {
            for (Ref leader : item.leaders()) {
                dataset(leader).territories().forEach((basis, division) -> {
                    if (held(base, item, leader).stream()
                            .anyMatch(held -> held.name().equals(division.id()))) {
                        territories.putIfAbsent(basis, item.name());
                    }
                });
            }
        }
        return territories;
    }
}
