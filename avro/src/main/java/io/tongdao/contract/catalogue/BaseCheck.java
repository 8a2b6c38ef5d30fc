package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Base.Rule;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.plan.Strategy;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Golden items: one source of record each (一数一源, art. 23), sources that hold them in comparable types, groups of one order. */
final class BaseCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        Map<String, String> led = new HashMap<>();
        for (Base base : scope.catalogue().bases().values()) {
            for (BaseItem item : base.items().values()) {
                item(scope, base, item, problems);
                led(base, item, led, problems);
            }
            if (Purposes.common(scope.catalogue(), base).filter(List::isEmpty).isPresent()) {
                problems.add(
                        base.at(),
                        CheckCode.BASE_PURPOSE,
                        "the sources of base " + base.name()
                                + " have no purpose in common, so nobody could ever get it: let each"
                                + " provider allow one that the others do");
            }
            base.groups().forEach(group -> group(base, group, problems));
            base.checks().values().forEach(check -> new CrossRuleCheck(scope, base, check).run(problems));
        }
    }

    private static void item(Scope scope, Base base, BaseItem item, Problems problems) {
        if (!Ids.SNAKE.matcher(item.name()).matches()) {
            problems.add(
                    item.at(), CheckCode.ID_FORM, "\"" + item.name() + "\" can't name an item: " + Ids.rule(Ids.SNAKE));
        }
        periods(item, problems);
        item.rules().forEach(rule -> {
            once(item, rule, problems);
            timed(scope, item, rule, problems);
        });
        Optional<Item> led = Optional.empty();
        for (Ref source : item.sources()) {
            Optional<Item> held = held(scope, base, item, source, problems);
            if (led.isEmpty() && item.leaders().contains(source)) {
                led = held;
            }
            if (led.isPresent() && held.isPresent()) {
                comparable(item, source, led.get(), held.get(), problems);
                coded(scope, item, source, led.get(), held.get(), problems);
            }
        }
        led.filter(leader -> !fits(item.compare(), leader.type()))
                .ifPresent(leader -> problems.add(
                        item.at(),
                        CheckCode.COMPARE_TYPE,
                        "comparison " + ComparisonReader.word(item.compare()) + " does not fit the type of "
                                + item.name() + ": use exact or the one of its type"));
    }

    private static void once(BaseItem item, Rule rule, Problems problems) {
        Set<String> named = new HashSet<>();
        for (Ref source : rule.led() ? rule.sources() : rule.order()) {
            if (!source.blank() && !named.add(source.id())) {
                problems.add(
                        source.at(),
                        CheckCode.BASE_SOURCE,
                        source.id() + " is named twice for " + item.name()
                                + ": a source leads, falls back or verifies, once");
            }
        }
    }

    /** Arrival is not recency: what is chosen by time needs to know when a value was true. */
    private static void timed(Scope scope, BaseItem item, Rule rule, Problems problems) {
        if (!Strategy.timed(rule.strategy())) {
            return;
        }
        for (Ref source : rule.order()) {
            Dataset dataset = scope.catalogue().datasets().get(source.id());
            if (dataset != null && dataset.asOf().blank()) {
                problems.add(
                        source.at(),
                        CheckCode.BASE_AS_OF,
                        item.name() + " is chosen by when a value was true, and " + source.id()
                                + " does not say that: give it as_of, or choose otherwise");
            }
        }
    }

    /** Codes of two tables are compared by a mapping, never by guess. */
    private static void coded(Scope scope, BaseItem item, Ref source, Item led, Item held, Problems problems) {
        String own = StandardPlan.idOf(led.standard().id());
        String other = StandardPlan.idOf(held.standard().id());
        boolean compared = item.compare() instanceof Comparison.Code && !own.isEmpty() && !other.isEmpty();
        Catalogue.Standard standard = scope.catalogue().standards().get(own);
        if (compared
                && !own.equals(other)
                && standard != null
                && !standard.maps().containsKey(other)) {
            problems.add(
                    source.at(),
                    CheckCode.COMPARE_CODES,
                    item.name() + " follows " + other + " in " + source.id() + " and " + own
                            + " in its source of record: add maps: {" + other + ": {…}} to " + own);
        }
    }

    /** At any time one rule: the first since ever, each next from a day on, none ending but where the next begins. */
    private static void periods(BaseItem item, Problems problems) {
        for (int i = 0; i < item.rules().size(); i++) {
            Rule rule = item.rules().get(i);
            boolean last = i + 1 == item.rules().size();
            LocalDate next = last ? LocalDate.MAX : item.rules().get(i + 1).from();
            boolean begins = (i == 0) == rule.from().equals(LocalDate.MIN);
            boolean open = rule.until().equals(LocalDate.MAX);
            boolean follows = last
                    ? open
                    : rule.from().isBefore(next)
                            && (open || rule.until().plusDays(1).equals(next));
            if (!begins || !follows) {
                problems.add(
                        rule.at(),
                        CheckCode.BASE_RULE,
                        "rules of " + item.name()
                                + " follow each other without gap or overlap: the first without from, each"
                                + " next with the day it begins, until (if written) the day before that, the last without");
                return;
            }
        }
    }

    private static Optional<Item> held(Scope scope, Base base, BaseItem item, Ref source, Problems problems) {
        Optional<Dataset> dataset = References.dataset(scope, source, problems);
        if (dataset.isEmpty() || dataset.get().subjects().isEmpty()) {
            return Optional.empty();
        }
        Optional<Item> held = dataset.get().subjects().stream()
                .filter(subject -> subject.kind() == base.kind())
                .flatMap(subject -> dataset.get().claim(subject, item.name()).stream())
                .findFirst();
        if (held.isEmpty()) {
            problems.add(
                    source.at(),
                    CheckCode.BASE_ITEM,
                    "dataset " + source.id() + " says nothing about item " + item.name() + " of "
                            + base.kind().word()
                            + "s: name a dataset that does, or map it under claims of its subject");
        }
        return held.filter(Item::typed);
    }

    private static void comparable(BaseItem item, Ref source, Item led, Item held, Problems problems) {
        boolean masks = BaseCompiler.tighter(led.mask(), held.mask()).isPresent()
                && BaseCompiler.tighter(led.returnMask(), held.returnMask()).isPresent();
        if (!masks) {
            problems.add(
                    source.at(),
                    CheckCode.BASE_MASK,
                    "mask " + held.mask().word() + " of " + item.name() + " in " + source.id()
                            + " can't be compared with " + led.mask().word()
                            + " of its source of record, so neither is the stricter: agree on one");
        }
        boolean verifies = item.rules().stream().noneMatch(rule -> rule.order().contains(source));
        if (!led.type().avro().equals(held.type().avro()) && !(verifies && meets(item, led, held))) {
            problems.add(
                    source.at(),
                    CheckCode.BASE_TYPE,
                    item.name() + " has another type in " + source.id()
                            + " than in its source of record: make them one");
        }
    }

    /** Whether what only verifies may be of another type: a time of birth verifies a day, a whole number an amount. */
    private static boolean meets(BaseItem item, Item led, Item held) {
        boolean compares = item.compare() instanceof Comparison.Day || item.compare() instanceof Comparison.Number;
        return compares && fits(item.compare(), led.type()) && fits(item.compare(), held.type());
    }

    private static boolean fits(Comparison comparison, ItemType type) {
        return switch (comparison) {
            case Comparison.Exact c -> true;
            case Comparison.HanName c -> type instanceof ItemType.Text;
            case Comparison.OrganisationName c -> type instanceof ItemType.Text;
            case Comparison.Address c -> type instanceof ItemType.Text;
            case Comparison.Day c -> type instanceof ItemType.Date || type instanceof ItemType.Timestamp;
            case Comparison.Territory c -> type instanceof ItemType.DivisionType;
            case Comparison.Code c -> type instanceof ItemType.Code;
            case Comparison.Number c ->
                type instanceof ItemType.Int || type instanceof ItemType.BigInt || type instanceof ItemType.Decimal;
        };
    }

    private static void led(Base base, BaseItem item, Map<String, String> led, Problems problems) {
        String golden = base.kind().word() + " " + item.name();
        String before = item.leaders().isEmpty() ? null : led.putIfAbsent(golden, base.name());
        if (before != null && !before.equals(base.name())) {
            problems.add(
                    item.at(),
                    CheckCode.BASE_TWICE,
                    "base " + before + " holds " + item.name() + " of "
                            + base.kind().word() + "s already (一数一源): keep it in one of them");
        }
    }

    private static void group(Base base, List<Ref> group, Problems problems) {
        List<List<String>> order = null;
        for (Ref ref : group) {
            BaseItem item = base.items().get(ref.id());
            if (item == null) {
                problems.add(
                        ref.at(),
                        CheckCode.REF_ITEM,
                        "base " + base.name() + " has no item \"" + ref.id() + "\": name its items in groups");
                continue;
            }
            List<List<String>> own = item.rules().stream().map(BaseCheck::order).toList();
            if (order != null && !own.equals(order)) {
                problems.add(
                        ref.at(),
                        CheckCode.BASE_GROUP,
                        "items of a group move together: give " + ref.id()
                                + " the same sources in the same order as the others, or take it out of the group");
            }
            order = order == null ? own : order;
        }
    }

    private static List<String> order(Rule rule) {
        return Stream.concat(
                        Stream.of(rule.from().toString(), rule.strategy().toString()),
                        rule.order().stream().map(Ref::id))
                .toList();
    }
}
