package io.tongdao.contract.identity;

/**
 * A passport: its number is unique only together with the country that issued it, and has no check digit.
 *
 * @param issuer three letters of ISO 3166; {@code CHN} for the People's Republic's own
 * @param number normalised
 */
public record Passport(String issuer, String number) {
    private static final String OWN = "CHN";
    private static final int OWN_LENGTH = 9;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 18;

    /** Of a given nationality. */
    public static Parsed<Passport> parse(String text, String nationality) {
        return switch (Nationality.parse(nationality)) {
            case Parsed.Valid<String> issuer -> ofIssuer(IdentifierText.normalise(text), issuer.value());
            case Parsed.Invalid<String> none -> Parsed.invalid(none.code());
        };
    }

    /** Of the People's Republic, where its type says so: ordinary (E, G), diplomatic, service, public affairs and of the regions. */
    public static Parsed<Passport> parse(String text) {
        return ofIssuer(IdentifierText.normalise(text), OWN);
    }

    private static Parsed<Passport> ofIssuer(String number, String issuer) {
        boolean formed = issuer.equals(OWN) ? own(number) : foreign(number);
        return formed ? Parsed.valid(new Passport(issuer, number)) : Parsed.invalid("passport.form");
    }

    private static boolean own(String number) {
        return number.length() == OWN_LENGTH
                && "EGDSPH".indexOf(number.charAt(0)) >= 0
                && letterOrDigit(number.charAt(1))
                && IdentifierText.digits(number, 2, OWN_LENGTH);
    }

    private static boolean foreign(String number) {
        boolean sized = number.length() >= SHORTEST && number.length() <= LONGEST;
        return sized && number.chars().allMatch(c -> letterOrDigit((char) c));
    }

    /**
     * Whether a number of an undeclared kind can only be an ordinary passport of the People's Republic: E or G and 8 digits, or E, a
     * letter that is no I or O, and 7 digits.
     */
    static boolean ordinary(String number) {
        if (number.length() != OWN_LENGTH || !IdentifierText.digits(number, 2, OWN_LENGTH)) {
            return false;
        }
        char first = number.charAt(0);
        char second = number.charAt(1);
        boolean digit = second >= '0' && second <= '9';
        boolean letter = second >= 'A' && second <= 'Z' && second != 'I' && second != 'O';
        return first == 'E' ? digit || letter : first == 'G' && digit;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }

    @Override
    public String toString() {
        return "Passport[***]";
    }
}
