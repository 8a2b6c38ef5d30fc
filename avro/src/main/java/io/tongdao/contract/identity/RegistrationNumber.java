package io.tongdao.contract.identity;

/**
 * The 15-digit registration number of a business (工商注册号, GS 15), with the check of ISO 7064 MOD 11,10.
 *
 * @param value normalised
 */
public record RegistrationNumber(String value) {
    private static final int LENGTH = 15;

    public static Parsed<RegistrationNumber> parse(String text) {
        String number = IdentifierText.normalise(text);
        if (number.length() != LENGTH) {
            return Parsed.invalid("reg.length");
        }
        if (!IdentifierText.digits(number, 0, LENGTH)) {
            return Parsed.invalid("reg.character");
        }
        boolean sound = check(number) == number.charAt(LENGTH - 1) - '0';
        return sound ? Parsed.valid(new RegistrationNumber(number)) : Parsed.invalid("reg.check-digit");
    }

    private static int check(String number) {
        int product = 10;
        for (int i = 0; i < LENGTH - 1; i++) {
            int sum = (product + number.charAt(i) - '0') % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10;
    }

    @Override
    public String toString() {
        return "RegistrationNumber[***]";
    }
}
