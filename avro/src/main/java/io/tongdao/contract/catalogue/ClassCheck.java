package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.DataClass;
import io.tongdao.contract.catalogue.Catalogue.Purpose;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.ShareClass;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Class, level and grade (GB/T 43697, art. 13): the province adds to the national classes and never loosens them. */
final class ClassCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        Map<String, DataClass> classes = scope.catalogue().classes();
        classes.values().forEach(one -> dataClass(scope, one, problems));
        scope.catalogue().purposes().values().forEach(purpose -> purpose(scope, purpose, problems));
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            Ref own = dataset.entry().dataClass();
            References.dataClass(scope, own, problems);
            level("dataset " + dataset.id(), own.at(), dataset.level(), own, classes, problems);
            grade(dataset, problems);
            dataset.items().values().forEach(item -> item(scope, item, own, problems));
        }
    }

    private static void dataClass(Scope scope, DataClass one, Problems problems) {
        References.dataClass(scope, one.under(), problems);
        DataClass above = scope.catalogue().classes().get(one.under().id());
        if (one.local() && one.under().blank()) {
            problems.add(
                    one.at(),
                    CheckCode.CLASS_LOCAL,
                    "local class " + one.id()
                            + " stands by itself (art. 13: local rules only add): write under: with the"
                            + " national class that it adds to");
        }
        if (!one.local() && above != null && above.local()) {
            problems.add(
                    one.at(),
                    CheckCode.CLASS_LOCAL,
                    "class " + one.id() + " stands below local class " + above.id()
                            + ", so it is local too: write local: true");
        }
        int least = least(scope.catalogue().classes(), one.under().id());
        if (one.level() != 0 && one.level() < least) {
            problems.add(
                    one.at(),
                    CheckCode.CLASS_LOWER,
                    "class " + one.id() + " has level " + one.level() + " and stands below one of level " + least
                            + " (art. 13: local rules only add): raise it, or leave level out");
        }
    }

    /** The least level of a class: the highest that it or one above it says. */
    private static int least(Map<String, DataClass> classes, String id) {
        int least = 1;
        Set<String> passed = new HashSet<>();
        for (DataClass at = classes.get(id); at != null && passed.add(at.id()); ) {
            least = Math.max(least, at.level());
            at = classes.get(at.under().id());
        }
        return least;
    }

    private static void purpose(Scope scope, Purpose purpose, Problems problems) {
        References.purpose(scope, purpose.under(), problems);
        Set<String> passed = new HashSet<>();
        Purpose at = purpose;
        while (at != null && passed.add(at.code())) {
            at = scope.catalogue().purposes().get(at.under().id());
        }
        if (at != null && at.equals(purpose)) {
            problems.add(
                    purpose.at(),
                    CheckCode.PURPOSE_CIRCLE,
                    "purpose " + purpose.code() + " stands below itself: take one \"under\" of the circle out");
        }
    }

    /** A class binds where it is written: a dataset's highest level, an item's own. */
    private static void item(Scope scope, Item item, Ref ofDataset, Problems problems) {
        Personal personal = personal(item);
        if (item.level() != 0 && item.level() < personal.leastLevel()) {
            problems.add(
                    item.at(),
                    CheckCode.LEVEL_PERSONAL,
                    "item " + item.name() + " is " + (personal.sensitive() ? "sensitive " : "")
                            + "personal information (" + personal.word() + "), which is at least level "
                            + personal.leastLevel() + " (GB/T 43697, GB/T 45574): raise its level");
        }
        if (!item.dataClass().equals(ofDataset)) {
            References.dataClass(scope, item.dataClass(), problems);
            String what = "item " + item.name();
            level(
                    what,
                    item.at(),
                    item.level(),
                    item.dataClass(),
                    scope.catalogue().classes(),
                    problems);
        }
    }

    private static void level(
            String what, Place at, int level, Ref dataClass, Map<String, DataClass> classes, Problems problems) {
        int least = least(classes, dataClass.id());
        if (level != 0 && level < least) {
            problems.add(
                    at,
                    CheckCode.LEVEL_CLASS,
                    what + " has level " + level + ", and its class " + dataClass.id() + " at least " + least
                            + ": raise it, or give it a class that fits");
        }
    }

    /** What an item says, or its type: a personal number is personal information whatever is written. */
    static Personal personal(Item item) {
        boolean number = item.type() instanceof ItemType.CitizenIdType || item.type() instanceof ItemType.DocumentType;
        return number && item.personal() == Personal.NONE ? Personal.GENERAL : item.personal();
    }

    private static void grade(Dataset dataset, Problems problems) {
        Grade grade = dataset.entry().grade();
        if (grade == Grade.CORE) {
            problems.add(
                    dataset.at(),
                    CheckCode.GRADE_CORE,
                    "core data does not enter the exchange (GB/T 43697): take dataset " + dataset.id() + " out");
        }
        if (grade != Grade.IMPORTANT) {
            return;
        }
        boolean opened = dataset.open().type() != ShareClass.WITHHELD
                || dataset.items().values().stream()
                        .anyMatch(item -> item.open().type() != ShareClass.WITHHELD);
        if (opened) {
            problems.add(
                    dataset.at(),
                    CheckCode.GRADE_OPEN,
                    "important data is never opened: make open of " + dataset.id() + " and of its items withheld");
        }
        boolean free = dataset.share().type() == ShareClass.UNCONDITIONAL
                || dataset.items().values().stream()
                        .anyMatch(item -> item.share().type() == ShareClass.UNCONDITIONAL);
        if (free) {
            problems.add(
                    dataset.at(),
                    CheckCode.GRADE_SHARE,
                    "important data is assessed for each grant, so nothing of " + dataset.id()
                            + " is shared unconditionally: make it conditional or withheld");
        }
    }
}
