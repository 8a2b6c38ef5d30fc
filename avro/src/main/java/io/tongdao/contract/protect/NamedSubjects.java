package io.tongdao.contract.protect;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.Identifier;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The people and bodies that the rows of a table name in items of an identifying type, as they stand in keys (art. 24). Compiled once for a
 * table and a schema; works on field positions.
 */
public final class NamedSubjects {
    private final List<Name> names = new ArrayList<>();
    private final List<Name> former = new ArrayList<>();

    /** Positions are negative for what the table has not. */
    private record Name(Identifier by, int item, int type, int nationality, boolean document) {
        /** Null: the row names nobody there. */
        @Nullable
        String in(GenericRecord row) {
            Object value = row.get(item);
            if (value == null) {
                return null;
            }
            Parsed<String> key = by.key(value, at(row, type), at(row, nationality));
            if (document && !(key instanceof Parsed.Valid<String>)) {
                key = DocumentKind.keyByForm(value.toString());
            }
            return key instanceof Parsed.Valid<String> valid ? valid.value() : null;
        }

        private static @Nullable Object at(GenericRecord row, int position) {
            return position < 0 ? null : row.get(position);
        }
    }

    /**
     * @param types all items of the table
     * @param formerly of these, those that name what the row's own subject was before
     * @param schema that rows are read by: it has the items of {@link #items}
     */
    public NamedSubjects(Map<String, ItemType> types, Set<String> formerly, Schema schema) {
        types.forEach((item, type) -> {
            if (identifies(type) && schema.getField(item) != null) {
                Identifier by = identifier(item, type, types);
                boolean document = type instanceof ItemType.DocumentType;
                Name name = new Name(
                        by,
                        position(schema, item),
                        position(schema, by.typeItem()),
                        position(schema, by.nationalityItem()),
                        document);
                (formerly.contains(item) ? former : names).add(name);
            }
        });
    }

    /** The items by which rows name others, with what tells their kind. */
    public static Stream<String> items(Map<String, ItemType> types) {
        return types.entrySet().stream()
                .filter(item -> identifies(item.getValue()))
                .flatMap(item -> {
                    Identifier by = identifier(item.getKey(), item.getValue(), types);
                    return Stream.of(by.item(), by.typeItem(), by.nationalityItem())
                            .filter(name -> !name.isEmpty());
                });
    }

    /** Whom a row names. */
    public Set<String> in(GenericRecord row) {
        Set<String> found = new HashSet<>();
        for (Name name : names) {
            String key = name.in(row);
            if (key != null) {
                found.add(key);
            }
        }
        return found;
    }

    /** Empties the items that name a former identifier which may not be known to be one. */
    public void blank(GenericRecord row, String subject, BiPredicate<String, String> hidden) {
        for (Name name : former) {
            String key = name.in(row);
            if (key != null && hidden.test(subject, key)) {
                row.put(name.item(), null);
            }
        }
    }

    private static boolean identifies(ItemType type) {
        return type instanceof ItemType.CitizenIdType
                || type instanceof ItemType.CreditCodeType
                || type instanceof ItemType.DocumentType;
    }

    /** A table need not have the items that say a number's kind and country: then its form does. */
    private static Identifier identifier(String item, ItemType type, Map<String, ItemType> types) {
        ItemType told = type instanceof ItemType.DocumentType(int length, Document document)
                ? new ItemType.DocumentType(length, said(types, document))
                : type;
        SubjectPlan named = new SubjectPlan("", SubjectKind.PERSON, item, Map.of());
        return Identifier.of(
                named, Map.of(item, new ItemPlan(item, item, "", told, 1, Mask.KEEP, ShareClass.WITHHELD)));
    }

    private static Document said(Map<String, ItemType> types, Document document) {
        if (document.kind() == null && !types.containsKey(document.typeItem())) {
            return Document.BY_FORM;
        }
        return types.containsKey(document.nationalityItem())
                ? document
                : new Document(document.kind(), document.typeItem(), "", document.kinds());
    }

    private static int position(Schema schema, String item) {
        Schema.Field field = item.isEmpty() ? null : schema.getField(item);
        return field == null ? -1 : field.pos();
    }
}
