package io.tongdao.contract.identity;

/**
 * A code of GB/T 2260, in force or retired. Not personal data. Whether it is known is for the catalogue's divisions to say, as a warning,
 * never as a refusal: lists age.
 *
 * @param value 6 digits
 */
public record DivisionCode(String value) {
    private static final int LENGTH = 6;

    public static Parsed<DivisionCode> parse(String text) {
        String code = IdentifierText.normalise(text);
        if (code.length() != LENGTH) {
            return Parsed.invalid("division.length");
        }
        boolean digits = IdentifierText.digits(code, 0, LENGTH) && code.charAt(0) != '0';
        return digits ? Parsed.valid(new DivisionCode(code)) : Parsed.invalid("division.character");
    }
}
