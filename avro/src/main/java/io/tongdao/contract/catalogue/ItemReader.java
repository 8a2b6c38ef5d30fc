package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Cycle;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Open;
import io.tongdao.contract.catalogue.Dataset.Origin;
import io.tongdao.contract.catalogue.Dataset.Share;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.catalogue.Dataset.Withdraws;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.SubjectPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one item of a dataset, with the checks that need nothing but the item. */
final class ItemReader {
    private static final Pattern LEVELS = Pattern.compile("[1-4]");
    private final Fields fields;

    private ItemReader(Fields fields) {
        this.fields = fields;
    }

    /** What an item has from its dataset unless it says otherwise. */
    record Inherited(Ref provider, Ref dataClass, Cycle update, Share share, Open open, List<Subject> subjects) {}

    static Item read(Fields fields, Inherited inherited) {
        Item item = new ItemReader(fields).item(inherited);
        fields.end();
        return item;
    }

    private Item item(Inherited inherited) {
        String name = name();
        ItemType type = type();
        Mask mask = mask("mask", Mask.KEEP, type);
        Ref copyOf = copyOf();
        return new Item(
                name,
                fields.at(),
                fields.element("label", "数据项名称"),
                fields.id("source_name", Ids.COLUMN),
                type,
                standard(),
                level(),
                own("class", inherited.dataClass()),
                fields.optionalWord("personal", Personal.NONE),
                own("agency", inherited.provider()),
                fields.optionalWord("update", inherited.update()),
                mask,
                mask("return_mask", mask, type),
                share(inherited.share()),
                open(inherited.open()),
                origin(copyOf),
                copyOf,
                concept(name, inherited.subjects()),
                withdraws(name));
    }

    /** {@code {is: [无]}} of the item itself, or {@code {item: status, is: ["9"]}}: the state of the row. */
    private Withdraws withdraws(String name) {
        Fields when = fields.optionalSection("withdraws_when");
        if (when == null) {
            return new Withdraws(new Ref("", fields.at()), List.of());
        }
        Ref written = when.optionalRef("item");
        String missing = when.what() + " lacks \"is\": list the values that withdraw the item";
        Withdraws withdraws = new Withdraws(
                written.blank() ? new Ref(name, when.at()) : written, when.refs("is", CheckCode.KEY_MISSING, missing));
        when.end();
        return withdraws;
    }

    private Ref own(String key, Ref inherited) {
        Ref own = fields.optionalRef(key);
        return own.blank() ? inherited : own;
    }

    /** Of a code its table, of other types what {@code standard} says. */
    private Ref standard() {
        Ref written = fields.optionalRef("standard");
        String table = ItemTypes.standard(fields.optional("type"));
        return table.isEmpty() ? written : new Ref(table, fields.at("type"));
    }

    private String name() {
        String name = fields.name();
        if (!Ids.SNAKE.matcher(name).matches() || name.equals(SubjectPlan.ROLE_ITEM)) {
            fields.problem(
                    fields.at(),
                    CheckCode.ID_FORM,
                    "\"" + name + "\" can't name an item: " + Ids.rule(Ids.SNAKE) + ", and not "
                            + SubjectPlan.ROLE_ITEM);
        }
        return name;
    }

    private ItemType type() {
        String text = fields.element("type", "数据项类型");
        Optional<ItemType> type = ItemTypes.parse(text);
        if (type.isEmpty() && !text.isEmpty()) {
            fields.problem(
                    fields.at("type"), CheckCode.ITEM_TYPE, "\"" + text + "\" is no type: write " + ItemTypes.FORMS);
        }
        return DocumentReader.read(fields, type.orElse(Dataset.UNTYPED));
    }

    private int level() {
        String text = fields.element("level", "数据分级");
        if (!text.isEmpty() && !LEVELS.matcher(text).matches()) {
            fields.problem(
                    fields.at("level"),
                    CheckCode.LEVEL_RANGE,
                    "level " + text + " of " + fields.name()
                            + " is not 1 to 4 (GB/T 43697): write one of them; important and core data does not"
                            + " enter the exchange");
            return 0;
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private Mask mask(String key, Mask standIn, ItemType type) {
        Mask mask = fields.optionalWord(key, standIn);
        if (!type.equals(Dataset.UNTYPED) && fields.has(key) && !mask.fits(type)) {
            List<String> fitting = java.util.Arrays.stream(Mask.values())
                    .filter(other -> other.fits(type))
                    .map(Mask::word)
                    .toList();
            fields.problem(
                    fields.at(key),
                    CheckCode.MASK_TYPE,
                    "mask " + mask.word() + " does not fit the type of " + fields.name() + ": choose "
                            + String.join(", ", fitting));
        }
        return mask;
    }

    private Share share(Share dataset) {
        Fields own = fields.optionalSection("share");
        return own == null ? dataset : Openness.itemShare(own, dataset);
    }

    private Open open(Open dataset) {
        Fields own = fields.optionalSection("open");
        return own == null ? dataset : Openness.open(own);
    }

    private Ref copyOf() {
        Fields copy = fields.node("origin") instanceof Node.Mapping ? fields.optionalSection("origin") : null;
        if (copy == null) {
            return new Ref("", fields.at());
        }
        Ref of = copy.ref("copy_of");
        copy.end();
        return of;
    }

    private Origin origin(Ref copyOf) {
        if (fields.node("origin") instanceof Node.Mapping) {
            return copyOf.blank() ? Origin.PRODUCED : Origin.COPY;
        }
        String text = "item " + fields.name()
                + " does not say where it comes from (art. 22): add origin: collected, produced or {copy_of: agency.dataset.item}";
        Origin origin = fields.word("origin", Origin.PRODUCED, CheckCode.ORIGIN_MISSING, text);
        if (origin == Origin.COPY) {
            fields.problem(
                    fields.at("origin"),
                    CheckCode.ORIGIN_COPY,
                    "a copy names its origin: write origin: {copy_of: agency.dataset.item}");
        }
        return origin == Origin.COPY ? Origin.PRODUCED : origin;
    }

    /** What the item says of its subject: as written, else the name that a subject's claims give it, else its own name. */
    private String concept(String name, List<Subject> subjects) {
        String written = fields.optional("concept");
        if (!written.isEmpty()) {
            return fields.checked("concept", written, Ids.SNAKE);
        }
        return subjects.stream()
                .flatMap(subject -> subject.claims().entrySet().stream())
                .filter(claim -> claim.getValue().id().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }
}
