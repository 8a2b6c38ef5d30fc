package io.tongdao.contract.identity;

/**
 * The permit with which residents of Taiwan travel to the mainland (台湾居民来往大陆通行证): 8 digits, given for life since 2008. No check
 * digit, and no form that tells it from other numbers: only where the document's type is declared. The longer forms of before 2008
 * carry a count of issues that nobody could confirm, so they are refused.
 *
 * @param value 8 digits
 */
public record TaiwanPermit(String value) {
    private static final int LENGTH = 8;

    public static Parsed<TaiwanPermit> parse(String text) {
        String number = IdentifierText.normalise(text);
        boolean formed = number.length() == LENGTH && IdentifierText.digits(number, 0, LENGTH);
        return formed ? Parsed.valid(new TaiwanPermit(number)) : Parsed.invalid("permit.taiwan");
    }

    @Override
    public String toString() {
        return "TaiwanPermit[***]";
    }
}
