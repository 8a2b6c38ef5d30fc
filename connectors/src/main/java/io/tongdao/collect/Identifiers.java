package io.tongdao.collect;

import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.DivisionCode;
import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.plan.ItemType;

/** The check and the normal form of an item that holds an identifier or a division code (art. 24), by the item's type. */
final class Identifiers {
    private Identifiers() {}

    /** The normal form, or the code of the reason why there is none. */
    static Parsed<String> parse(ItemType type, String text) {
        return switch (type) {
            case ItemType.CitizenIdType t -> CitizenId.parse(text).map(CitizenId::value);
            case ItemType.CreditCodeType t -> CreditCode.parse(text).map(CreditCode::value);
            case ItemType.DivisionType t -> DivisionCode.parse(text).map(DivisionCode::value);
            case ItemType.DocumentType t -> document(t, text);
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

    /** Where the kind is fixed, its check holds for the item whether or not it is the subject's. */
    private static Parsed<String> document(ItemType.DocumentType type, String written) {
        String text = IdentifierText.normalise(written);
        if (text.length() > type.length()) {
            return Parsed.invalid(Rejected.TOO_LONG.code());
        }
        return text.isEmpty() ? Parsed.valid(text) : type.document().normal(text);
    }
}
