package io.tongdao.contract.change;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.SubjectPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A dataset that both catalogues have. */
final class DatasetDiff {
    private final Plan oldPlan;
    private final Plan nextPlan;
    private final DatasetPlan old;
    private final DatasetPlan next;
    private final List<String> reread = new ArrayList<>();
    private final List<Change> found = new ArrayList<>();

    private DatasetDiff(Plan oldPlan, Plan nextPlan, DatasetPlan old, DatasetPlan next) {
        this.oldPlan = oldPlan;
        this.nextPlan = nextPlan;
        this.old = old;
        this.next = next;
    }

    static List<Change> between(Plan oldPlan, Plan nextPlan, DatasetPlan old, DatasetPlan next) {
        return new DatasetDiff(oldPlan, nextPlan, old, next).all();
    }

    private List<Change> all() {
        if (old.kind() != next.kind()) {
            found.add(new Change.Fixed(
                    "subject of dataset " + next.id(),
                    "its topic is partitioned with %ss and can't be with %ss: catalogue the table under a new name, then drop this one"
                            .formatted(old.kind().word(), next.kind().word())));
            return found;
        }
        words();
        boolean keys = source();
        items();
        asked();
        ItemDiff.purposes(next.id(), old.purposes(), next.purposes(), found);
        ItemDiff.weigh(next.id(), "", "grade", "art. 13", old.grade(), next.grade(), found);
        if (!old.topic().schema().equals(next.topic().schema())) {
            List<String> problems =
                    SchemaDiff.problems(old.topic().schema(), next.topic().schema());
            found.add(new Change.SchemaChanged(next.topic().name(), problems));
        }
        if (!reread.isEmpty()) {
            found.add(new Change.Reread(next.id(), List.copyOf(reread), keys, !described()));
        }
        return found;
    }

    /** Whether collection reads the table again by itself: keys, columns and types are part of its own description. */
    private boolean described() {
        return !table(old).equals(table(next));
    }

    private static List<Object> table(DatasetPlan dataset) {
        List<Object> parts = new ArrayList<>(List.of(dataset.connection(), dataset.table(), dataset.rowKey()));
        dataset.subjects().forEach(subject -> parts.addAll(List.of(subject.role(), subject.kind(), subject.item())));
        dataset.items().values().stream()
                .sorted(Comparator.comparing(ItemPlan::name))
                .forEach(item -> parts.addAll(List.of(item.name(), item.sourceName(), item.type())));
        return parts;
    }

    private void words() {
        if (!old.title().equals(next.title())) {
            found.add(new Change.Reworded(Part.DATASET, next.id(), old.title() + " → " + next.title()));
        }
        if (!old.territories().equals(next.territories())) {
            found.add(new Change.Reworded(Part.DATASET, next.id(), "other items carry the division of a return"));
        }
    }

    /** @return whether the records get other keys */
    private boolean source() {
        if (!old.intake().equals(next.intake())) {
            reread.add("its rows come in otherwise");
        } else if (!old.connection().equals(next.connection()) || !old.table().equals(next.table())) {
            reread.add("the table is %s of %s, it was %s of %s"
                    .formatted(next.table(), next.connection(), old.table(), old.connection()));
        } else if (elsewhere()) {
            reread.add("connection " + next.connection() + " leads to another database");
        }
        if (!old.asOf().equals(next.asOf())) {
            reread.add("as_of is " + said(next.asOf()) + ", it was " + said(old.asOf()));
        }
        boolean keys = !old.rowKey().equals(next.rowKey()) || !identifiers(old).equals(identifiers(next));
        if (keys) {
            reread.add("the key is %s, it was %s".formatted(key(next), key(old)));
        } else if (!old.subjects().equals(next.subjects())) {
            reread.add("what a row says of its subjects has changed");
        }
        return keys;
    }

    private boolean elsewhere() {
        Source before = oldPlan.sources().get(old.connection());
        Source after = nextPlan.sources().get(next.connection());
        return before != null && after != null && ConnectionDiff.otherDatabase(before, after);
    }

    private void items() {
        for (ItemPlan item : next.items().values()) {
            ItemPlan before = old.items().get(item.name());
            if (before == null) {
                found.add(new Change.Created(
                        Part.ITEM, next.id() + "." + item.name(), item.label() + ", from column " + item.sourceName()));
                reread.add("item " + item.name() + " is new, and rows that are there lack it");
            } else {
                item(before, item);
            }
        }
        for (ItemPlan item : old.items().values()) {
            if (!next.items().containsKey(item.name()) && !item.name().equals(SubjectPlan.ROLE_ITEM)) {
                found.add(new Change.Dropped(
                        Part.ITEM,
                        next.id() + "." + item.name(),
                        "the column stays in the table and becomes empty; what was collected of it leaves topic and"
                                + " table"
                                + renamed(item)));
                reread.add("item " + item.name() + " is dropped");
            }
        }
    }

    private String renamed(ItemPlan item) {
        return next.items().values().stream()
                .filter(other -> other.sourceName().equals(item.sourceName())
                        && !old.items().containsKey(other.name()))
                .findFirst()
                .map(other -> ". Item " + other.name()
                        + " is collected from the same column: a new name is a new item to topic, table and grants")
                .orElse("");
    }

    private void item(ItemPlan before, ItemPlan after) {
        ItemDiff.between(next.id(), ItemDiff.Rules.of(before), ItemDiff.Rules.of(after), found);
        if (!before.sourceName().equals(after.sourceName())) {
            reread.add("item %s comes from column %s, it came from %s"
                    .formatted(after.name(), after.sourceName(), before.sourceName()));
        }
        if (!before.standard().equals(after.standard())) {
            found.add(new Change.Reworded(
                    Part.ITEM,
                    next.id() + "." + after.name(),
                    "follows standard %s, it followed %s".formatted(said(after.standard()), said(before.standard()))));
        }
        if (!before.type().equals(after.type())) {
            reread.add("item " + after.name() + " has another type");
        }
    }

    /** Claims hold only what base databases ask for. A dataset that none asked before is read from its topic's beginning then. */
    private void asked() {
        Set<String> before = Wanted.of(oldPlan, old.id());
        Set<String> more = new TreeSet<>(Wanted.of(nextPlan, next.id()));
        more.removeAll(before);
        if (!before.isEmpty() && !more.isEmpty()) {
            reread.add("base databases ask it for more: " + String.join(", ", more));
        }
        if (!before.isEmpty() && !withdrawals(old).equals(withdrawals(next))) {
            reread.add("other rows take items back (withdraws_when)");
        }
    }

    private static List<String> withdrawals(DatasetPlan dataset) {
        return dataset.items().values().stream()
                .filter(item -> item.withdraws() != null)
                .map(item -> item.name() + " " + item.withdraws())
                .toList();
    }

    private static List<String> identifiers(DatasetPlan dataset) {
        return dataset.subjects().stream()
                .map(subject -> subject.role() + ":" + subject.item())
                .toList();
    }

    private static String key(DatasetPlan dataset) {
        List<String> parts = new ArrayList<>(
                dataset.subjects().stream().map(SubjectPlan::item).distinct().toList());
        parts.addAll(dataset.rowKey());
        return "(" + String.join(", ", parts) + ")";
    }

    private static String said(String item) {
        return item.isEmpty() ? "none" : item;
    }
}
