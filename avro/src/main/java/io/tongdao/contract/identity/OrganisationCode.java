package io.tongdao.contract.identity;

/**
 * The organisation code that preceded the credit code and lives on inside it (组织机构代码, GB 11714). Keyed {@code org:}…; an
 * agency that has written credit codes into the same column gets those keyed bare.
 *
 * <p>An organisation code and the credit code around it are not one key: the code inside tells neither the registering department nor
 * its division, so the outer one can't be made from it. Where both are at hand, the credit code is the dataset's subject.
 *
 * @param value normalised, 9 characters, without hyphen
 */
public record OrganisationCode(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "0X987654321";
    private static final int LENGTH = 9;

    /** With or without the hyphen before the check character. */
    public static Parsed<OrganisationCode> parse(String text) {
        String code = IdentifierText.normalise(text);
        if (code.length() == LENGTH + 1 && code.charAt(LENGTH - 1) == '-') {
            code = code.substring(0, LENGTH - 1) + code.charAt(LENGTH);
        }
        if (code.length() != LENGTH) {
            return Parsed.invalid("org.length");
        }
        return checked(code) ? Parsed.valid(new OrganisationCode(code)) : Parsed.invalid("org.check-digit");
    }

    static boolean checked(String code) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            int value = ALPHABET.indexOf(code.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += value * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % CHECKS.length()) == code.charAt(LENGTH - 1);
    }

    @Override
    public String toString() {
        return "OrganisationCode[***]";
    }
}
