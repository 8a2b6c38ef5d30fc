package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code document} of an item of type {@code document(n)}: {@code {kind: taiwan_permit}} where all rows are of one kind,
 * {@code {type: id_type, nationality: country}} where other items of the row say it.
 */
final class DocumentReader {
    private DocumentReader() {}

    static ItemType read(Fields item, ItemType type) {
        Fields fields = item.optionalSection("document");
        if (fields == null) {
            return type;
        }
        @Nullable DocumentKind kind = kind(fields);
        Document document = new Document(kind, fields.optional("type"), fields.optional("nationality"), Map.of());
        if ((kind == null) == document.typeItem().isEmpty()) {
            fields.problem(
                    fields.at(),
                    CheckCode.DOCUMENT_KIND,
                    "\"document\" of " + item.name()
                            + " says the kind once: write {kind: passport} where all rows are of one"
                            + " kind, or {type: …} with the item that holds the type code");
        }
        fields.end();
        if (!(type instanceof ItemType.DocumentType sized)) {
            if (!type.equals(Dataset.UNTYPED)) {
                item.problem(
                        item.at("document"),
                        CheckCode.DOCUMENT_TYPE,
                        "item " + item.name() + " is not of type document(n): make it one, or take \"document\" out");
            }
            return type;
        }
        return new ItemType.DocumentType(sized.length(), document);
    }

    private static @Nullable DocumentKind kind(Fields fields) {
        boolean written = fields.has("kind");
        DocumentKind kind = fields.optionalWord("kind", DocumentKind.UNCHECKED);
        return written ? kind : null;
    }

    /** Which kind each code of a standard stands for. */
    static Map<String, DocumentKind> kinds(Fields standard) {
        Fields fields = standard.optionalSection("documents");
        if (fields == null) {
            return Map.of();
        }
        Map<String, DocumentKind> kinds = new java.util.LinkedHashMap<>();
        fields.texts().keySet().forEach(code -> kinds.put(code, fields.optionalWord(code, DocumentKind.UNCHECKED)));
        fields.end();
        return kinds;
    }
}
