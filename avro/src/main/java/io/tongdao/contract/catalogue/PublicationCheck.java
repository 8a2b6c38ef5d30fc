package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.open.PublicationPlan.Role;
import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.ShareClass;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The open catalogue (art. 38, 39): what may be opened at all, and that every item has a ladder by which it can be generalised. */
final class PublicationCheck implements Check {
    /** From this level on a text is taken to tell of one person or body. */
    private static final int CLOSE = 3;

    private static final long MOST_CHOICES = 10_000;

    private static final Set<Mask> OF_IDENTIFIERS =
            EnumSet.of(Mask.SURNAME, Mask.ID6_4, Mask.LAST4, Mask.PHONE3_4, Mask.TOKEN);
    private static final Pattern NAMING = Pattern.compile("姓名|名称|电话|手机|邮箱|地址|住所|证件|车牌|账号|代表人");

    @Override
    public void run(Scope scope, Problems problems) {
        scope.catalogue().publications().values().forEach(publication -> publication(scope, publication, problems));
    }

    private static void publication(Scope scope, Publication publication, Problems problems) {
        References.agency(scope, publication.publisher(), problems);
        if (!publication.zone().blank() && !scope.knows(publication.zone().id())) {
            problems.add(
                    publication.zone().at(),
                    CheckCode.REF_DIVISION,
                    "zone " + publication.zone().id() + " is not in divisions.csv: use a code in force");
        }
        if (publication.type() == ShareClass.WITHHELD) {
            problems.add(
                    publication.typeAt(),
                    CheckCode.OPEN_CLASS,
                    "what is withheld is not published: write unconditional or conditional, or take the file out");
            return;
        }
        if (!publication.table().blank()) {
            table(scope, publication, problems);
        }
    }

    private static void table(Scope scope, Publication publication, Problems problems) {
        Ref ref = publication.table();
        OpenTable table = OpenTable.of(scope, ref.id()).orElse(null);
        if (table == null || table.logical()) {
            unknown(scope, ref, table != null, problems);
        } else if (table.important()) {
            problems.add(
                    ref.at(),
                    CheckCode.GRADE_OPEN,
                    "important data is never opened, and " + ref.id() + " shows some: publish another table");
        } else {
            publication.items().values().forEach(item -> item(publication, table, item, problems));
            quasi(publication, problems);
        }
    }

    private static void unknown(Scope scope, Ref ref, boolean logical, Problems problems) {
        boolean sure = !scope.partial("datasets") && !scope.partial("base") && !scope.partial("themes");
        if (logical || sure) {
            problems.add(
                    ref.at(),
                    CheckCode.REF_TABLE,
                    logical
                            ? ref.id()
                                    + " stays with its agency and has no rows here: publish a table that is collected"
                            : "there is no table \"" + ref.id()
                                    + "\": write agency.dataset, base.<database> or theme.<database>.<table>");
        }
    }

    private static void item(Publication publication, OpenTable table, Publication.Item item, Problems problems) {
        OpenTable.Shown shown = table.items().get(item.name());
        if (shown == null) {
            References.known(
                    new Ref(item.name(), item.at()),
                    CheckCode.REF_ITEM,
                    table.items().keySet(),
                    "name an item of " + publication.table().id(),
                    problems);
            return;
        }
        ItemType type = shown.type().orElse(null);
        if (type != null && allowed(publication, item, shown.behind(), problems)) {
            if (identifies(type, item, shown.behind())) {
                problems.add(
                        item.at(),
                        CheckCode.OPEN_IDENTIFIER,
                        item.name() + " tells who a row is about, or how to reach them: take it out"
                                + " (of a credit code only county, prefecture and province are published)");
            } else {
                ladder(item, type, problems);
            }
        }
    }

    private static boolean allowed(
            Publication publication, Publication.Item item, List<Item> behind, Problems problems) {
        ShareClass strictest =
                behind.stream().map(one -> one.open().type()).reduce(ShareClass.UNCONDITIONAL, ShareClass::stricter);
        if (strictest == ShareClass.WITHHELD) {
            problems.add(
                    item.at(),
                    CheckCode.OPEN_WITHHELD,
                    item.name()
                            + " is not opened, its open class is withheld: take it out; once its provider agrees that it"
                            + " may be opened when generalised, the class of the item changes");
        } else if (strictest.compareTo(publication.type()) > 0) {
            problems.add(
                    item.at(),
                    CheckCode.OPEN_CLASS,
                    item.name() + " is opened under conditions only: take it out, or make the publication conditional");
        }
        return strictest.compareTo(publication.type()) <= 0;
    }

    private static boolean identifies(ItemType type, Publication.Item item, List<Item> behind) {
        return switch (type) {
            case ItemType.CitizenIdType t -> true;
            case ItemType.DocumentType t -> true;
            case ItemType.CreditCodeType t -> item.ladder().contains(Rung.KEEP);
            case ItemType.Text t -> behind.stream().anyMatch(PublicationCheck::names);
            case ItemType.DivisionType t -> false;
            case ItemType.Code t -> false;
            case ItemType.Date t -> false;
            case ItemType.Timestamp t -> false;
            case ItemType.Int t -> false;
            case ItemType.BigInt t -> false;
            case ItemType.Bool t -> false;
            case ItemType.Decimal t -> false;
        };
    }

    private static boolean names(Item text) {
        return text.personal() != Personal.NONE
                || text.level() >= CLOSE
                || OF_IDENTIFIERS.contains(text.mask())
                || NAMING.matcher(text.label()).find();
    }

    private static void ladder(Publication.Item item, ItemType type, Problems problems) {
        List<Rung> ladder = item.ladder();
        boolean fits = ladder.stream().allMatch(rung -> rung.fits(type));
        boolean rises = ladder.stream().sorted().distinct().toList().equals(ladder);
        if (!fits || !rises) {
            List<String> possible = Arrays.stream(Rung.values())
                    .filter(rung -> rung.fits(type))
                    .map(Rung::word)
                    .toList();
            problems.add(
                    item.ladderAt(),
                    CheckCode.OPEN_LADDER,
                    "this is no ladder for the type of " + item.name() + ": choose of " + String.join(", ", possible)
                            + ", each once and in this order");
        } else if (item.role() == Role.SENSITIVE && (ladder.size() > 1 || type instanceof ItemType.Text)) {
            problems.add(
                    item.at(),
                    CheckCode.OPEN_ROLE,
                    type instanceof ItemType.Text
                            ? "free text may name anybody, so every group must share it: make " + item.name()
                                    + " a quasi-identifier"
                            : "a sensitive item is published on one rung: choose one for " + item.name());
        }
    }

    private static void quasi(Publication publication, Problems problems) {
        long choices = 1;
        for (Publication.Item item : publication.items().values()) {
            choices = Math.min(
                    MOST_CHOICES + 1, choices * Math.max(1, item.ladder().size()));
        }
        if (choices > MOST_CHOICES) {
            problems.add(
                    publication.at(),
                    CheckCode.OPEN_LADDER,
                    "these ladders have more than " + MOST_CHOICES + " combinations, and each is tried: shorten some");
        }
        if (!publication.items().isEmpty()
                && publication.items().values().stream().allMatch(item -> item.role() == Role.SENSITIVE)) {
            problems.add(
                    publication.at(),
                    CheckCode.OPEN_ROLE,
                    "publication " + publication.id()
                            + " has no quasi-identifier, so that nothing is tested: say what others"
                            + " may know of a row already, role: quasi");
        }
    }
}
