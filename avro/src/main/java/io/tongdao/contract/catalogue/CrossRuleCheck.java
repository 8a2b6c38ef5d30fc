package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Base.CrossRule;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.RecordExpression;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A check of a base database names what there is, is an expression over it, and addresses somebody (校核规则, art. 20). */
final class CrossRuleCheck {
    private final Scope scope;
    private final Base base;
    private final CrossRule check;

    CrossRuleCheck(Scope scope, Base base, CrossRule check) {
        this.scope = scope;
        this.base = base;
        this.check = check;
    }

    void run(Problems problems) {
        named(problems);
        blamed(problems);
        check.disputes().forEach(ref -> item(ref, problems));
        boolean whole = true;
        for (Ref source : check.reads().values()) {
            whole &= References.dataset(scope, source, problems)
                    .filter(dataset -> !dataset.subjects().isEmpty())
                    .isPresent();
        }
        whole &= types(scope.catalogue(), base, check)
                .keySet()
                .containsAll(base.items().keySet());
        if (whole && !check.holds().blank()) {
            expression(problems);
        }
    }

    private void named(Problems problems) {
        if (!Ids.SNAKE.matcher(check.name()).matches()) {
            problems.add(
                    check.at(),
                    CheckCode.ID_FORM,
                    "\"" + check.name() + "\" can't name a check: " + Ids.rule(Ids.SNAKE));
        } else if (base.items().containsKey(check.name())) {
            problems.add(
                    check.at(),
                    CheckCode.BASE_CHECK,
                    "check " + check.name()
                            + " has the name of an item, and discrepancies are told by either: rename it");
        }
    }

    private void blamed(Problems problems) {
        if (check.blame().blank()) {
            return;
        }
        if (check.blame().id().indexOf('.') < 0) {
            References.agency(scope, check.blame(), problems);
        } else {
            References.dataset(scope, check.blame(), problems);
        }
    }

    private void item(Ref ref, Problems problems) {
        if (!base.items().containsKey(ref.id())) {
            problems.add(
                    ref.at(),
                    CheckCode.REF_ITEM,
                    "base " + base.name() + " has no item \"" + ref.id() + "\""
                            + Nearest.hint(ref.id(), base.items().keySet()));
        }
    }

    private void expression(Problems problems) {
        try {
            Map<String, ItemType> types = types(scope.catalogue(), base, check);
            RecordExpression expression = RecordExpression.compile(check.holds().id(), types);
            Set<String> used = expression.variables().stream()
                    .map(name -> name.indexOf('.') < 0 ? "" : name.substring(0, name.indexOf('.')))
                    .collect(Collectors.toCollection(HashSet::new));
            check.missing().forEach(ref -> missing(ref, types, problems));
            check.reads().forEach((alias, source) -> {
                if (!used.contains(alias)) {
                    problems.add(
                            source.at(),
                            CheckCode.UNUSED,
                            alias + " is read by check " + check.name()
                                    + " and not named in holds: use it or take it out");
                }
            });
            if (expression.variables().isEmpty()) {
                problems.add(
                        check.holds().at(),
                        CheckCode.BASE_CHECK,
                        "holds of check " + check.name() + " reads nothing: name items of the base, or alias.item");
            }
        } catch (RecordExpression.Refused e) {
            problems.add(
                    check.holds().at(),
                    CheckCode.BASE_CHECK,
                    "holds of check " + check.name() + " is no CEL over items of base " + base.name()
                            + " and of what it reads: " + oneLine(e));
        }
    }

    /** Whether a value is missing is asked of the row that speaks in another item of the same dataset. */
    private void missing(Ref ref, Map<String, ItemType> types, Problems problems) {
        if (ref.id().indexOf('.') < 0 || !types.containsKey(ref.id())) {
            problems.add(
                    ref.at(),
                    CheckCode.REF_ITEM,
                    "check " + check.name() + " reads no \"" + ref.id() + "\": write alias.item"
                            + Nearest.hint(ref.id(), types.keySet()));
        }
    }

    private static String oneLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    /** Every variable that its expression may name. */
    private static Map<String, ItemType> types(Catalogue catalogue, Base base, CrossRule check) {
        Map<String, ItemType> types = new TreeMap<>();
        for (BaseItem item : base.items().values()) {
            item.leaders().stream()
                    .limit(1)
                    .map(leader -> catalogue.datasets().get(leader.id()))
                    .filter(java.util.Objects::nonNull)
                    .flatMap(dataset -> held(base, dataset, item.name()).stream())
                    .forEach(held -> types.put(item.name(), held.type()));
        }
        check.reads().forEach((alias, source) -> {
            Dataset dataset = catalogue.datasets().get(source.id());
            if (dataset != null) {
                said(base, dataset).forEach((name, held) -> types.put(alias + "." + name, held.type()));
            }
        });
        return types;
    }

    /** What a dataset's rows say of a subject of the base's kind, by the names that base databases use. */
    private static Map<String, Item> said(Base base, Dataset dataset) {
        Map<String, Item> said = new TreeMap<>();
        Stream.concat(
                        dataset.items().keySet().stream(),
                        dataset.subjects().stream().flatMap(subject -> subject.claims().keySet().stream()))
                .forEach(name -> held(base, dataset, name).ifPresent(item -> said.put(name, item)));
        return said;
    }

    /** The item with which a dataset's rows speak of a subject of the base's kind. */
    static Optional<Item> held(Base base, Dataset dataset, String item) {
        return dataset.subjects().stream()
                .filter(subject -> subject.kind() == base.kind())
                .flatMap(subject -> dataset.claim(subject, item).stream())
                .findFirst();
    }

    static CrossCheck compiled(Catalogue catalogue, Base base, CrossRule check) {
        return new CrossCheck(
                check.name(),
                check.label(),
                check.holds().id(),
                PlanCompiler.each(check.reads(), Ref::id),
                check.missing().stream().map(Ref::id).toList(),
                RecordExpression.compile(check.holds().id(), types(catalogue, base, check))
                        .variables(),
                check.blame().id(),
                check.disputes().stream().map(Ref::id).toList(),
                check.grace());
    }
}
