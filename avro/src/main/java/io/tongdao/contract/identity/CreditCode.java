package io.tongdao.contract.identity;

/**
 * The unified social credit code of an organisation (统一社会信用代码, GB 32100): 18 characters, two checks: its own, and that of the
 * organisation code in positions 9 to 17.
 *
 * @param value normalised
 */
public record CreditCode(String value) {
    /** The warning about a registering division that no list has. */
    public static final String DIVISION_UNKNOWN = "uscc.division-unknown";

    /** Without I, O, S, V, Z. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    private static final int LENGTH = 18;

    public static Parsed<CreditCode> parse(String text) {
        String code = IdentifierText.normalise(text);
        if (code.isEmpty()) {
            return Parsed.invalid("uscc.empty");
        }
        if (code.length() != LENGTH) {
            return Parsed.invalid("uscc.length");
        }
        if (!inAlphabet(code) || !IdentifierText.digits(code, 2, 8)) {
            return Parsed.invalid("uscc.character");
        }
        if (check(code) != code.charAt(LENGTH - 1)) {
            return Parsed.invalid("uscc.check-digit");
        }
        boolean organisation = OrganisationCode.checked(code.substring(8, 17));
        return organisation ? Parsed.valid(new CreditCode(code)) : Parsed.invalid("uscc.organisation-code");
    }

    /** Whether a text is in stored form already: what {@link #parse} would give back unchanged. */
    public static boolean isExact(String text) {
        return parse(text) instanceof Parsed.Valid<CreditCode> valid
                && valid.value().value().equals(text);
    }

    private static boolean inAlphabet(String code) {
        return code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    private static char check(String code) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * WEIGHTS[i];
        }
        return ALPHABET.charAt((ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length());
    }

    /** The six digits of where the organisation was registered (GB/T 2260, in force then). */
    public String division() {
        return value.substring(2, 8);
    }

    /** The organisation code inside; the way back does not exist, since department, category and division can't be guessed. */
    public OrganisationCode organisationCode() {
        return new OrganisationCode(value.substring(8, 17));
    }

    @Override
    public String toString() {
        return "CreditCode[***]";
    }
}
