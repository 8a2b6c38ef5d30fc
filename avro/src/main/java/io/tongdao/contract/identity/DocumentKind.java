package io.tongdao.contract.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of document that a number can belong to, each with its check and its form of key (art. 24). The codes with which agencies
 * write a kind (GA/T 517, …) are the catalogue's: a standard lists {@code documents: {"111": citizen_id, …}}.
 *
 * <p>What meets in one key: a citizen ID of 15 and of 18 characters; all issues of a Hong Kong or Macao permit; an organisation code
 * with and without hyphen. What can't without guessing: an organisation or registration number and the credit code that replaced it;
 * the two forms of a foreign resident's card; a permit, a passport and a residence card of one person.
 */
public enum DocumentKind {
    /** 居民身份证, and whatever carries its number: stands bare. */
    CITIZEN_ID,
    /** 港澳台居民居住证: stands bare. */
    HMT_RESIDENCE,
    /** 外国人永久居留身份证: the form of 2023 stands bare, the one before is {@code residence:}…. */
    FOREIGN_RESIDENCE,
    /** 港澳居民来往内地通行证: {@code permit:HMT:}…. */
    HMT_PERMIT,
    /** 台湾居民来往大陆通行证: {@code permit:TWN:}…. */
    TAIWAN_PERMIT,
    /** 护照: {@code passport:<country>:}…; the country is China unless an item says the nationality. */
    PASSPORT,
    /** 军官证, 士兵证 and others whose numbers have no form: {@code document:<type code>:}…, as it was written. */
    UNCHECKED,
    /** 统一社会信用代码: stands bare. */
    CREDIT_CODE,
    /** 组织机构代码: {@code org:}…. */
    ORGANISATION_CODE,
    /** 工商注册号: {@code reg:}…. */
    REGISTRATION_NUMBER;

    private static final int CREDIT_CODE_LENGTH = 18;

    /** The word of the catalogue. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public SubjectKind subject() {
        return switch (this) {
            case CREDIT_CODE, ORGANISATION_CODE, REGISTRATION_NUMBER -> SubjectKind.ORGANISATION;
            case CITIZEN_ID, HMT_RESIDENCE, FOREIGN_RESIDENCE, HMT_PERMIT, TAIWAN_PERMIT, PASSPORT, UNCHECKED ->
                SubjectKind.PERSON;
        };
    }

    /**
     * The subject part of the key.
     *
     * @param code the type code that the row carries, empty where the catalogue fixes the kind
     * @param nationality as the row says it; null where the dataset has no such item
     */
    public Parsed<String> key(String number, String code, @Nullable String nationality) {
        return switch (this) {
            case CITIZEN_ID -> bare(CitizenId.parse(number));
            case HMT_RESIDENCE -> held(number, false);
            case FOREIGN_RESIDENCE -> held(number, true);
            case HMT_PERMIT -> HomeReturnPermit.parse(number).map(permit -> "permit:HMT:" + permit.value());
            case TAIWAN_PERMIT -> TaiwanPermit.parse(number).map(permit -> "permit:TWN:" + permit.value());
            case PASSPORT ->
                passport(nationality == null ? Passport.parse(number) : Passport.parse(number, nationality));
            case UNCHECKED -> unchecked(number, code);
            case CREDIT_CODE -> CreditCode.parse(number).map(CreditCode::value);
            case ORGANISATION_CODE ->
                creditCode(number)
                        ? CREDIT_CODE.key(number, code, nationality)
                        : OrganisationCode.parse(number).map(org -> "org:" + org.value());
            case REGISTRATION_NUMBER ->
                creditCode(number)
                        ? CREDIT_CODE.key(number, code, nationality)
                        : RegistrationNumber.parse(number).map(reg -> "reg:" + reg.value());
        };
    }

    /** The form in which the number is stored: without hyphen, 18 characters; a permit keeps the count of its issues. */
    public Parsed<String> normal(String number) {
        return switch (this) {
            case HMT_PERMIT -> key(number, "", null).map(key -> IdentifierText.normalise(number));
            case UNCHECKED -> Parsed.valid(IdentifierText.normalise(number));
            case CITIZEN_ID,
                    HMT_RESIDENCE,
                    FOREIGN_RESIDENCE,
                    TAIWAN_PERMIT,
                    PASSPORT,
                    CREDIT_CODE,
                    ORGANISATION_CODE,
                    REGISTRATION_NUMBER -> key(number, "", null).map(key -> key.substring(key.lastIndexOf(':') + 1));
        };
    }

    /**
     * The subject part of the key of a number whose kind is not said, told by its form. Kinds without a form of their own (8 digits alone, foreign
     * passports) are refused rather than guessed: two persons under one key are worse than a row in quarantine.
     */
    public static Parsed<String> keyByForm(String text) {
        String number = IdentifierText.normalise(text);
        if (HomeReturnPermit.parse(number) instanceof Parsed.Valid<HomeReturnPermit>) {
            return HMT_PERMIT.key(number, "", null);
        }
        return Passport.ordinary(number) ? PASSPORT.key(number, "", null) : bare(CitizenId.parse(number));
    }

    private static Parsed<String> bare(Parsed<CitizenId> id) {
        return id.map(CitizenId::value);
    }

    private static Parsed<String> held(String number, boolean foreign) {
        if (foreign && ForeignResidenceCard.parse(number) instanceof Parsed.Valid<ForeignResidenceCard> card) {
            return card.map(first -> "residence:" + first.value());
        }
        Parsed<CitizenId> id = CitizenId.parse(number);
        boolean other = id instanceof Parsed.Valid<CitizenId> valid
                && (foreign
                        ? valid.value().holder() != CitizenId.Holder.FOREIGN_RESIDENT
                        : !valid.value().hongKongMacaoTaiwan());
        return other ? Parsed.invalid("document.other-kind") : bare(id);
    }

    private static Parsed<String> passport(Parsed<Passport> passport) {
        return passport.map(one -> "passport:" + one.issuer() + ':' + one.number());
    }

    private static Parsed<String> unchecked(String number, String code) {
        String text = IdentifierText.normalise(number);
        return text.isEmpty()
                ? Parsed.invalid("id.empty")
                : Parsed.valid("document:" + SubjectKey.escape(code) + ':' + SubjectKey.escape(text));
    }

    private static boolean creditCode(String number) {
        return IdentifierText.normalise(number).length() == CREDIT_CODE_LENGTH;
    }
}
