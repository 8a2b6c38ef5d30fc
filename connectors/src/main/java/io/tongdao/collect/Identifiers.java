package io.tongdao.collect;

import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.DivisionCode;
import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.plan.ItemType;
import java.util.function.Function;

/** The check and the normal form of an item that holds an identifier or a division code (art. 24), by the item's type. */
final class Identifiers {
    private Identifiers() {}

    /** The normal form, or the code of the reason why there is none. */
    static Parsed<String> parse(ItemType type, String text) {
        return switch (type) {
            case ItemType.CitizenIdType t -> text(CitizenId.parse(text), CitizenId::value);
            case ItemType.CreditCodeType t -> text(CreditCode.parse(text), CreditCode::value);
            case ItemType.DivisionType t -> text(DivisionCode.parse(text), DivisionCode::value);
            case ItemType.DocumentType t -> document(IdentifierText.normalise(text), t.length());
            case ItemType.Text t -> Parsed.valid(text);
            case ItemType.Code t -> Parsed.valid(text);
            case ItemType.Date t -> Parsed.valid(text);
            case ItemType.Timestamp t -> Parsed.valid(text);
            case ItemType.Int t -> Parsed.valid(text);
            case ItemType.BigInt t -> Parsed.valid(text);
            case ItemType.Bool t -> Parsed.valid(text);
            case ItemType.Decimal t -> Parsed.valid(text);
        };
    }

    private static Parsed<String> document(String text, int length) {
        return text.length() > length ? Parsed.invalid(Rejected.TOO_LONG.code()) : Parsed.valid(text);
    }

    private static <T> Parsed<String> text(Parsed<T> parsed, Function<T, String> value) {
        return switch (parsed) {
            case Parsed.Valid<T> valid -> Parsed.valid(value.apply(valid.value()));
            case Parsed.Invalid<T> invalid -> Parsed.invalid(invalid.code());
        };
    }
}
