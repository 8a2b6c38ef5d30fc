package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Origin;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.ShareClass;
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

    static Item read(Fields fields, ShareClass datasetClass, List<Subject> subjects) {
        Item item = new ItemReader(fields).item(datasetClass, subjects);
        fields.end();
        return item;
    }

    private Item item(ShareClass datasetClass, List<Subject> subjects) {
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
                level(),
                mask,
                mask("return_mask", mask, type),
                share(datasetClass),
                origin(copyOf),
                copyOf,
                concept(name, subjects));
    }

    private String name() {
        String name = fields.name();
        if (!Ids.SNAKE.matcher(name).matches() || name.equals(SubjectPlan.ROLE_ITEM)) {
            fields.problem(
                    fields.at(),
                    "id.form",
                    "\"" + name + "\" can't name an item: " + Ids.rule(Ids.SNAKE) + ", and not "
                            + SubjectPlan.ROLE_ITEM);
        }
        return name;
    }

    private ItemType type() {
        String text = fields.element("type", "数据项类型");
        Optional<ItemType> type = ItemTypes.parse(text);
        if (type.isEmpty() && !text.isEmpty()) {
            fields.problem(fields.at("type"), "item.type", "\"" + text + "\" is no type: write " + ItemTypes.FORMS);
        }
        return DocumentReader.read(fields, type.orElse(Dataset.UNTYPED));
    }

    private int level() {
        String text = fields.element("level", "数据分级");
        if (!text.isEmpty() && !LEVELS.matcher(text).matches()) {
            fields.problem(
                    fields.at("level"),
                    "level.range",
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
                    "mask.type",
                    "mask " + mask.word() + " does not fit the type of " + fields.name() + ": choose "
                            + String.join(", ", fitting));
        }
        return mask;
    }

    private ShareClass share(ShareClass datasetClass) {
        Fields own = fields.optionalSection("share");
        if (own == null) {
            return datasetClass;
        }
        ShareClass type = Openness.shareClass(own);
        Openness.shareGrounds(own, type);
        own.end();
        return type;
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
        Origin origin = fields.word("origin", Origin.PRODUCED, "origin.missing", text);
        if (origin == Origin.COPY) {
            fields.problem(
                    fields.at("origin"),
                    "origin.copy",
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
