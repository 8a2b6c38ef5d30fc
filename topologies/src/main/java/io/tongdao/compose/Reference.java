package io.tongdao.compose;

import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.Identifier;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The other subject's identifier in a row, normalised as in keys (art. 24): 15 and 18 characters of one number are one subject. */
record Reference(SubjectKind kind, Identifier identifier, int item, int type, int nationality) {

    /** An item of a row leads to one subject for each kind and code that it is taken for. */
    static String name(Plan plan, String rows, String of, String by) {
        SubjectPlan other = subject(plan, of, type(plan, rows, by));
        return by + ':' + other.kind().word() + ':' + other.code();
    }

    /** The items of the rows that it reads. */
    static Stream<String> items(Plan plan, String rows, String of, String by) {
        Identifier identifier = identifier(plan, rows, of, by);
        return Stream.of(identifier.item(), identifier.typeItem(), identifier.nationalityItem())
                .filter(item -> !item.isEmpty());
    }

    static Reference of(Plan plan, Source rows, String of, String by) {
        Identifier identifier = identifier(plan, rows.name(), of, by);
        return new Reference(
                subject(plan, of, type(plan, rows.name(), by)).kind(),
                identifier,
                rows.position(identifier.item()),
                position(rows, identifier.typeItem()),
                position(rows, identifier.nationalityItem()));
    }

    /** The other subject; null: the row names none, or its number is none. */
    @Nullable
    Subject subject(GenericRecord row) {
        Object value = row.get(item);
        if (value == null) {
            return null;
        }
        Object code = type < 0 ? null : row.get(type);
        Object country = nationality < 0 ? null : row.get(nationality);
        return switch (identifier.key(value, code, country)) {
            case Parsed.Valid<String> valid -> new Subject(kind, valid.value());
            case Parsed.Invalid<String> invalid -> null;
        };
    }

    private static int position(Source rows, String item) {
        return item.isEmpty() ? -1 : rows.position(item);
    }

    private static Identifier identifier(Plan plan, String rows, String of, String by) {
        ItemType type = type(plan, rows, by);
        SubjectPlan other = subject(plan, of, type);
        SubjectPlan named = new SubjectPlan("", other.kind(), by, Map.of(), other.code());
        return Identifier.of(named, Map.of(by, new ItemPlan(by, by, "", type, 1, Mask.KEEP, ShareClass.WITHHELD)));
    }

    private static ItemType type(Plan plan, String rows, String item) {
        DatasetPlan dataset = plan.datasets().get(rows);
        Map<String, ItemType> types = new LinkedHashMap<>();
        if (dataset == null) {
            BasePlan base = Source.base(plan, rows);
            base.items().values().forEach(one -> types.put(one.name(), one.type()));
            return without(types, item);
        }
        dataset.items().values().forEach(one -> types.put(one.name(), one.type()));
        return without(types, item);
    }

    /** A golden record need not have the items that say a number's kind and country: then its form does. */
    private static ItemType without(Map<String, ItemType> types, String item) {
        ItemType type = types.get(item);
        if (type == null) {
            throw new IllegalStateException("a table joins by " + item + ", which its rows have not");
        }
        return type instanceof ItemType.DocumentType(int length, Document document)
                ? new ItemType.DocumentType(length, said(types, document))
                : type;
    }

    private static Document said(Map<String, ItemType> types, Document document) {
        if (document.kind() == null && !types.containsKey(document.typeItem())) {
            return Document.BY_FORM;
        }
        boolean country = types.containsKey(document.nationalityItem());
        return country ? document : new Document(document.kind(), document.typeItem(), "", document.kinds());
    }

    /** The subject of a source that an item of this type identifies. */
    private static SubjectPlan subject(Plan plan, String of, ItemType type) {
        DatasetPlan dataset = plan.datasets().get(of);
        if (dataset != null) {
            return dataset.subjects().stream()
                    .filter(subject -> identifies(type, subject.kind()))
                    .findFirst()
                    .orElse(dataset.subjects().getFirst());
        }
        BasePlan base = Source.base(plan, of);
        return base.items().values().stream()
                .flatMap(item -> item.sources().stream())
                .distinct()
                .sorted()
                .flatMap(id -> Stream.ofNullable(plan.datasets().get(id)))
                .flatMap(source -> source.subjects().stream())
                .filter(subject -> subject.kind() == base.kind())
                .findFirst()
                .orElse(new SubjectPlan("", base.kind(), "", Map.of()));
    }

    private static boolean identifies(ItemType type, SubjectKind kind) {
        return switch (type) {
            case ItemType.CitizenIdType t -> kind == SubjectKind.PERSON;
            case ItemType.CreditCodeType t -> kind == SubjectKind.ORGANISATION;
            case ItemType.DocumentType t ->
                kind
                        == (t.document().kind() == null
                                ? SubjectKind.PERSON
                                : t.document().kind().subject());
            case ItemType.Text t -> coded(kind);
            case ItemType.Int t -> coded(kind);
            case ItemType.BigInt t -> coded(kind);
            case ItemType.Code t -> coded(kind);
            case ItemType.DivisionType t -> coded(kind);
            case ItemType.Date t -> false;
            case ItemType.Timestamp t -> false;
            case ItemType.Bool t -> false;
            case ItemType.Decimal t -> false;
        };
    }

    private static boolean coded(SubjectKind kind) {
        return kind == SubjectKind.PLACE || kind == SubjectKind.OTHER;
    }
}
