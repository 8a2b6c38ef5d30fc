package io.tongdao.contract.change;

import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.ShareClass;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a catalogue says of an item's disclosure, before and after: collected or golden. */
final class ItemDiff {
    private ItemDiff() {}

    /** The part of an item that decides about its disclosure. */
    record Rules(
            String name,
            String label,
            int level,
            Personal personal,
            Mask mask,
            Mask returnMask,
            ShareClass share,
            ShareClass open,
            boolean verify) {
        static Rules of(ItemPlan item) {
            return new Rules(
                    item.name(),
                    item.label(),
                    item.level(),
                    item.personal(),
                    item.mask(),
                    item.returnMask(),
                    item.share(),
                    item.open(),
                    item.verify());
        }

        static Rules of(BaseItemPlan item) {
            return new Rules(
                    item.name(),
                    item.label(),
                    item.level(),
                    Personal.NONE,
                    item.mask(),
                    item.returnMask(),
                    item.share(),
                    item.open(),
                    false);
        }
    }

    static void between(String table, Rules before, Rules after, List<Change> found) {
        String item = after.name();
        if (!before.label().equals(after.label())) {
            found.add(new Change.Reworded(Part.ITEM, table + "." + item, before.label() + " → " + after.label()));
        }
        if (before.mask() != after.mask()) {
            found.add(new Change.MaskChanged(table, item, false, before.mask(), after.mask()));
        }
        boolean own = before.returnMask() != before.mask() || after.returnMask() != after.mask();
        if (before.returnMask() != after.returnMask() && own) {
            found.add(new Change.MaskChanged(table, item, true, before.returnMask(), after.returnMask()));
        }
        weigh(table, item, "share class", "art. 30, 31", before.share(), after.share(), found);
        weigh(table, item, "open class", "art. 37", before.open(), after.open(), found);
        weigh(table, item, "level", "art. 13", before.level(), after.level(), found);
        weigh(table, item, "personal information", "art. 13", before.personal(), after.personal(), found);
        weigh(table, item, "verification forbidden", "art. 33", !before.verify(), !after.verify(), found);
    }

    /** Of what is ordered from the loosest to the strictest. */
    static <T extends Comparable<T>> void weigh(
            String table, String item, String what, String article, T before, T after, List<Change> found) {
        String step = "%s %s → %s".formatted(what, said(before), said(after));
        if (after.compareTo(before) < 0) {
            found.add(new Change.Loosened(table, item, step + ", less strict", article));
        } else if (after.compareTo(before) > 0) {
            found.add(new Change.Tightened(table, item, step + ", stricter", article));
        }
    }

    private static String said(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    /** An empty list restricts nothing. */
    static void purposes(String table, List<String> before, List<String> after, List<Change> found) {
        Set<String> was = new TreeSet<>(before);
        Set<String> is = new TreeSet<>(after);
        if (was.equals(is)) {
            return;
        }
        String step = "purposes %s → %s".formatted(said(was), said(is));
        boolean tighter = was.isEmpty() || (!is.isEmpty() && was.containsAll(is));
        found.add(
                tighter
                        ? new Change.Tightened(table, "", step, "art. 30")
                        : new Change.Loosened(table, "", step, "art. 30"));
    }

    private static String said(Set<String> purposes) {
        return purposes.isEmpty() ? "any" : String.join(", ", purposes);
    }
}
