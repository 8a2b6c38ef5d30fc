package io.tongdao.contract.identity;

/**
 * The first form of the foreign permanent resident's card (外国人永久居留身份证): three letters of the nationality and 12 digits. Valid
 * beside the 18-character form of 2023, which is a {@link CitizenId}. Nothing in one form leads to the other, so the two cards of one
 * person are two keys until the issuing agency's own record says that they are one.
 *
 * @param value normalised, 15 characters
 */
public record ForeignResidenceCard(String value) {
    private static final int LENGTH = 15;
    private static final int LETTERS = 3;

    public static Parsed<ForeignResidenceCard> parse(String text) {
        String number = IdentifierText.normalise(text);
        boolean formed = number.length() == LENGTH
                && Nationality.isAlpha3(number.substring(0, LETTERS))
                && IdentifierText.digits(number, LETTERS, LENGTH);
        return formed ? Parsed.valid(new ForeignResidenceCard(number)) : Parsed.invalid("residence.form");
    }

    @Override
    public String toString() {
        return "ForeignResidenceCard[***]";
    }
}
