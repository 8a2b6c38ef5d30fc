package io.tongdao.contract.plan;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.Parsed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kind of document an item's numbers belong to: fixed for all rows, or said by another item of the row, or neither, and then told
 * by the number's own form as far as it has one.
 *
 * @param kind of every row; null where rows differ or nobody says
 * @param typeItem the item with the type code, or empty
 * @param nationalityItem the item with the issuing country of a passport, or empty
 * @param kinds type code → kind, from the standard that the type item points to
 */
public record Document(
        @Nullable DocumentKind kind, String typeItem, String nationalityItem, Map<String, DocumentKind> kinds) {
    /** Nobody says. */
    public static final Document BY_FORM = new Document(null, "", "", Map.of());

    public static Document of(DocumentKind kind) {
        return new Document(kind, "", "", Map.of());
    }

    public Document withKinds(Map<String, DocumentKind> codes) {
        return new Document(kind, typeItem, nationalityItem, codes);
    }

    /**
     * The key's subject part for one row (art. 24).
     *
     * @param code what the type item says; null or empty: nothing
     * @param nationality what the nationality item says; likewise
     */
    Parsed<String> key(String number, @Nullable String code, @Nullable String nationality) {
        String country = nationalityItem.isEmpty() ? null : nationality == null ? "" : nationality;
        if (kind != null) {
            return kind.key(number, "", country);
        }
        if (typeItem.isEmpty()) {
            return DocumentKind.keyByForm(number);
        }
        if (code == null || code.isBlank()) {
            return untyped(number);
        }
        String written = code.strip();
        DocumentKind told = kinds.get(written);
        return told == null ? Parsed.invalid("document.type-unknown") : told.key(number, written, country);
    }

    /** The stored form of a number, checked where the kind alone decides; else as it is, since only the whole row tells. */
    public Parsed<String> normal(String number) {
        return kind == null || !nationalityItem.isEmpty() ? Parsed.valid(number) : kind.normal(number);
    }

    /** A row that leaves the type out: only a number with a check digit speaks for itself. */
    private static Parsed<String> untyped(String number) {
        Parsed<String> citizen = DocumentKind.CITIZEN_ID.key(number, "", null);
        return citizen instanceof Parsed.Valid<String> ? citizen : Parsed.invalid("document.type-missing");
    }
}
