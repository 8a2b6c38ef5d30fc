package io.tongdao.contract.plan;

import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKey;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * From an identifying item's text to the subject part of the key (art. 24): normalised, checked, escaped. Equal subjects give equal
 * keys, whatever agency wrote them and how.
 */
public final class Identifier {
    /** 港澳居民来往内地通行证: H or M and 8 digits, then perhaps two that count its issues and do not identify. */
    private static final Pattern HOME_RETURN_PERMIT = Pattern.compile("[HM]\\d{8}(\\d{2})?");

    private static final int WITHOUT_ISSUE = 9;
    /** 普通护照 of the People's Republic. */
    private static final Pattern PASSPORT = Pattern.compile("[EG]\\d{8}|E[A-HJ-NP-Z]\\d{7}");

    private Identifier() {}

    /** The key's subject part, or the code of the reason why there is none. */
    public static Parsed<String> parse(ItemType type, String text) {
        return switch (type) {
            case ItemType.CitizenIdType t -> key(CitizenId.parse(text), CitizenId::value);
            case ItemType.CreditCodeType t -> key(CreditCode.parse(text), CreditCode::value);
            case ItemType.DocumentType t -> document(text);
            case ItemType.Text t -> coded(text);
            case ItemType.Code t -> coded(text);
            case ItemType.DivisionType t -> coded(text);
            case ItemType.Date t -> unfit();
            case ItemType.Timestamp t -> unfit();
            case ItemType.Int t -> unfit();
            case ItemType.BigInt t -> unfit();
            case ItemType.Bool t -> unfit();
            case ItemType.Decimal t -> unfit();
        };
    }

    /**
     * A document of some kind, told by its form. Kinds without a form of their own (8 digits alone, foreign passports) are refused
     * rather than guessed: two persons under one key are worse than a row in quarantine.
     */
    private static Parsed<String> document(String text) {
        String number = IdentifierText.normalise(text);
        if (HOME_RETURN_PERMIT.matcher(number).matches()) {
            return Parsed.valid("permit:HMT:" + number.substring(0, WITHOUT_ISSUE));
        }
        if (PASSPORT.matcher(number).matches()) {
            return Parsed.valid("passport:CHN:" + number);
        }
        return key(CitizenId.parse(text), CitizenId::value);
    }

    private static Parsed<String> coded(String text) {
        String code = IdentifierText.normalise(text);
        return code.isEmpty() ? Parsed.invalid("id.empty") : Parsed.valid(SubjectKey.escape(code));
    }

    private static <T> Parsed<String> key(Parsed<T> parsed, Function<T, String> value) {
        return switch (parsed) {
            case Parsed.Valid<T> valid -> Parsed.valid(SubjectKey.escape(value.apply(valid.value())));
            case Parsed.Invalid<T> invalid -> Parsed.invalid(invalid.code());
        };
    }

    private static Parsed<String> unfit() {
        return Parsed.invalid("id.type");
    }
}
