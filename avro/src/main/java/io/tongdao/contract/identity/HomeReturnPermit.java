package io.tongdao.contract.identity;

/**
 * The permit with which residents of Hong Kong (H) and Macao (M) travel to the mainland (港澳居民来往内地通行证): a letter and 8 digits
 * that stay for life, then perhaps two digits that count its issues. It has no check digit.
 *
 * @param value normalised, 9 characters: without the count of issues, so that all issues of one person's permit are one key
 */
public record HomeReturnPermit(String value) {
    private static final int LENGTH = 9;
    private static final int WITH_ISSUE = 11;

    public static Parsed<HomeReturnPermit> parse(String text) {
        String number = IdentifierText.normalise(text);
        boolean sized = number.length() == LENGTH || number.length() == WITH_ISSUE;
        boolean formed = sized
                && (number.charAt(0) == 'H' || number.charAt(0) == 'M')
                && IdentifierText.digits(number, 1, number.length());
        return formed
                ? Parsed.valid(new HomeReturnPermit(number.substring(0, LENGTH)))
                : Parsed.invalid("permit.hong-kong-macao");
    }

    @Override
    public String toString() {
        return "HomeReturnPermit[***]";
    }
}
