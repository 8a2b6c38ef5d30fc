package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Collect;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.rule.RowExpression;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rules about rows name items that are there and fit, their conditions compile, and none says what holds anyway (art. 19). */
final class RuleCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            Rules rules = dataset.rules();
            rules.required().forEach(item -> required(dataset, item, problems));
            rules.unique().forEach(item -> unique(dataset, item, problems));
            rules.timely().keySet().forEach(item -> timely(dataset, item, problems));
            conditions(dataset, problems);
            if (dataset.collect() == Collect.LOGICAL && !rules.isEmpty()) {
                problems.add(
                        dataset.at(),
                        CheckCode.LOGICAL_RULES,
                        "dataset " + dataset.id() + " is collected logically, so its rows are never seen here: take"
                                + " rules out, or collect it: collect: physical");
            }
        }
    }

    private static void required(Dataset dataset, Ref item, Problems problems) {
        References.item(dataset, item, problems);
        boolean always = dataset.rowKey().stream().anyMatch(key -> key.id().equals(item.id()))
                || dataset.subjects().stream()
                        .anyMatch(subject -> subject.item().id().equals(item.id())
                                && subject.type().blank());
        if (always) {
            needless(item, "a row without it can't be keyed and is rejected", problems);
        }
    }

    private static void unique(Dataset dataset, Ref item, Problems problems) {
        References.item(dataset, item, problems);
        boolean always = dataset.rowKey().isEmpty()
                && dataset.subjects().size() == 1
                && dataset.subjects().getFirst().item().id().equals(item.id());
        if (always) {
            needless(item, "row_key: [] says that already", problems);
        }
    }

    private static void needless(Ref item, String why, Problems problems) {
        problems.add(
                item.at(),
                CheckCode.RULE_NEEDLESS,
                "a rule on " + item.id() + " has nothing to find, since " + why + ": take it out");
    }

    private static void timely(Dataset dataset, Ref ref, Problems problems) {
        References.item(dataset, ref, problems);
        Item item = dataset.items().get(ref.id());
        boolean dated = item == null
                || !item.typed()
                || item.type() instanceof ItemType.Date
                || item.type() instanceof ItemType.Timestamp;
        if (!dated) {
            problems.add(
                    ref.at(),
                    CheckCode.RULE_TYPE,
                    "timely counts from a day, which " + ref.id() + " does not tell: name an item of type date or"
                            + " timestamp");
        }
    }

    private static void conditions(Dataset dataset, Problems problems) {
        if (dataset.items().values().stream().allMatch(Item::typed)) {
            Map<String, ItemType> types = types(dataset);
            dataset.rules().checks().forEach((name, check) -> condition(types, name, check, problems));
        }
    }

    private static void condition(Map<String, ItemType> types, String name, Rules.Condition check, Problems problems) {
        if (check.holds().blank()) {
            return;
        }
        try {
            if (RowExpression.compile(types, check.holds().id()).items().isEmpty()) {
                expression(check, name + " reads no item, so it says nothing of a row", problems);
            }
        } catch (RowExpression.Refused e) {
            expression(
                    check, name + " is no condition on the items of this dataset (" + e.getMessage() + ')', problems);
        }
    }

    private static void expression(Rules.Condition check, String text, Problems problems) {
        problems.add(
                check.holds().at(),
                CheckCode.RULE_EXPRESSION,
                text + ": write CEL, as birth_date <= reg_date; dates are" + " texts, as 2026-03-01");
    }

    private static Map<String, ItemType> types(Dataset dataset) {
        Map<String, ItemType> types = new LinkedHashMap<>();
        dataset.items().values().forEach(item -> types.put(item.name(), item.type()));
        return types;
    }
}
