package io.tongdao.contract.plan;

import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the identifying items of a row to the subject part of its key (art. 24): normalised, checked, escaped. Equal subjects give equal
 * keys, whatever agency wrote them and how. Compiled once per subject of a dataset; a row costs no look-up by name.
 */
public final class Identifier {
    private final SubjectPlan subject;
    private final ItemType type;
    private final String prefix;

    private Identifier(SubjectPlan subject, ItemType type) {
        this.subject = subject;
        this.type = type;
        this.prefix = prefix(subject);
    }

    /** @throws IllegalArgumentException if the dataset has no such item: the catalogue's checks don't let that through */
    public static Identifier of(SubjectPlan subject, Map<String, ItemPlan> items) {
        ItemPlan item = items.get(subject.item());
        if (item == null) {
            throw new IllegalArgumentException("the subject's item " + subject.item() + " is not an item");
        }
        return new Identifier(subject, item.type());
    }

    private static String prefix(SubjectPlan subject) {
        return switch (subject.kind()) {
            case PERSON, ORGANISATION -> "";
            case PLACE, OTHER -> subject.kind().word() + ':' + (subject.code().isEmpty() ? "" : subject.code() + ':');
        };
    }

    /** The item that holds the identifier. */
    public String item() {
        return subject.item();
    }

    /** The item that says the document's type, or empty. */
    public String typeItem() {
        return type instanceof ItemType.DocumentType document
                ? document.document().typeItem()
                : "";
    }

    /** The item that says the document's nationality, or empty. */
    public String nationalityItem() {
        return type instanceof ItemType.DocumentType document
                ? document.document().nationalityItem()
                : "";
    }

    /**
     * The key's subject part, or the code of the reason why there is none.
     *
     * @param value of {@link #item()}: text, or a whole number of another code
     * @param code of {@link #typeItem()}, null if there is none
     * @param nationality of {@link #nationalityItem()}, null if there is none
     */
    public Parsed<String> key(Object value, @Nullable Object code, @Nullable Object nationality) {
        String text = value.toString();
        return switch (type) {
            case ItemType.CitizenIdType t -> CitizenId.parse(text).map(CitizenId::value);
            case ItemType.CreditCodeType t -> CreditCode.parse(text).map(CreditCode::value);
            case ItemType.DocumentType t -> t.document().key(text, text(code), text(nationality));
            case ItemType.Text t -> coded(text);
            case ItemType.Code t -> coded(text);
            case ItemType.DivisionType t -> coded(text);
            case ItemType.Int t -> coded(text);
            case ItemType.BigInt t -> coded(text);
            case ItemType.Date t -> unfit();
            case ItemType.Timestamp t -> unfit();
            case ItemType.Bool t -> unfit();
            case ItemType.Decimal t -> unfit();
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** An identifier that is no document: it would collide with another code's, so it carries which code it is of. */
    private Parsed<String> coded(String text) {
        boolean keyed = subject.kind() == SubjectKind.PLACE || subject.kind() == SubjectKind.OTHER;
        if (!keyed) {
            return unfit();
        }
        String id = IdentifierText.normalise(text);
        return id.isEmpty() ? Parsed.invalid("id.empty") : Parsed.valid(prefix.concat(SubjectKey.escape(id)));
    }

    private static Parsed<String> unfit() {
        return Parsed.invalid("id.type");
    }
}
