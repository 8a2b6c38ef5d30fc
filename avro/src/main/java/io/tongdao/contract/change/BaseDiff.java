package io.tongdao.contract.change;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.RuleText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A base database that both catalogues have. */
final class BaseDiff {
    private static final String TOUCHED =
            ". Golden records are found anew from state, in the background, without reading sources again; status shows how far";
    private final BasePlan old;
    private final BasePlan next;
    private final List<Change> found = new ArrayList<>();

    private BaseDiff(BasePlan old, BasePlan next) {
        this.old = old;
        this.next = next;
    }

    static List<Change> between(BasePlan old, BasePlan next) {
        return new BaseDiff(old, next).all();
    }

    private List<Change> all() {
        if (old.kind() != next.kind()) {
            found.add(new Change.Fixed(
                    "subject of base." + next.name(),
                    "a base database can't change from %ss to %ss: give it a new name"
                            .formatted(old.kind().word(), next.kind().word())));
            return found;
        }
        if (!old.title().equals(next.title())) {
            found.add(new Change.Reworded(Part.BASE, next.name(), old.title() + " → " + next.title()));
        }
        next.items().values().forEach(this::item);
        old.items().values().stream()
                .filter(item -> !next.items().containsKey(item.name()))
                .forEach(
                        item -> found.add(
                                new Change.Dropped(
                                        Part.ITEM,
                                        name() + "." + item.name(),
                                        "the column stays in the table; golden records lose the item as they are found anew from state")));
        if (!old.groups().equals(next.groups())) {
            found.add(new Change.RuleChanged(next.name(), "", "other items move together" + TOUCHED));
        }
        checks();
        if (!Objects.equals(old.identity(), next.identity())) {
            found.add(new Change.RuleChanged(next.name(), "", "subjects are told apart by other items" + TOUCHED));
        }
        ItemDiff.purposes(name(), old.purposes(), next.purposes(), found);
        if (!old.topic().schema().equals(next.topic().schema())) {
            found.add(new Change.SchemaChanged(
                    next.topic().name(),
                    SchemaDiff.problems(old.topic().schema(), next.topic().schema())));
        }
        return found;
    }

    private void item(BaseItemPlan item) {
        BaseItemPlan before = old.items().get(item.name());
        if (before == null) {
            found.add(new Change.Created(
                    Part.ITEM,
                    name() + "." + item.name(),
                    item.label() + ", from " + String.join(", then ", item.order())));
            return;
        }
        ItemDiff.between(name(), ItemDiff.Rules.of(before), ItemDiff.Rules.of(item), found);
        if (!before.rules().equals(item.rules())) {
            rule(item, "led by %s, it was %s".formatted(said(item.rules()), said(before.rules())));
        }
        if (!before.compare().equals(item.compare())) {
            rule(item, "compared as %s → %s".formatted(RuleText.of(before.compare()), RuleText.of(item.compare())));
        }
        if (!before.blame().equals(item.blame())) {
            rule(item, "told as %s → %s".formatted(RuleText.of(before.blame()), RuleText.of(item.blame())));
        }
    }

    private void checks() {
        next.checks().forEach((name, check) -> {
            CrossCheck before = old.checks().get(name);
            if (!check.equals(before)) {
                String what = before == null ? "a new check: " : "another check: ";
                found.add(new Change.RuleChanged(next.name(), name, what + check.label() + TOUCHED));
            }
        });
        old.checks().keySet().stream()
                .filter(name -> !next.checks().containsKey(name))
                .forEach(name -> found.add(new Change.RuleChanged(
                        next.name(), name, "no check any more: its discrepancies are closed" + TOUCHED)));
    }

    private static String said(List<BasePlan.Rule> rules) {
        return rules.stream()
                .map(rule -> RuleText.leading(rule)
                        + (rule.verify().isEmpty() ? "" : " (verified by " + String.join(", ", rule.verify()) + ")")
                        + (rule.from().equals(LocalDate.MIN) ? "" : " from " + rule.from()))
                .collect(Collectors.joining("; "));
    }

    private void rule(BaseItemPlan item, String text) {
        found.add(new Change.RuleChanged(next.name(), item.name(), text + TOUCHED));
    }

    private String name() {
        return "base." + next.name();
    }
}
