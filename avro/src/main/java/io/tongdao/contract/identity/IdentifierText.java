package io.tongdao.contract.identity;

import java.text.Normalizer;
import java.util.Locale;

/** The one form in which identifiers are compared, checked and stored: NFKC, no white space around, upper case. */
public final class IdentifierText {
    /** No identifier is longer; longer text is not worth the work. */
    private static final int LONGEST = 200;

    private IdentifierText() {}

    /** Idempotent; empty for text that is empty, blank or absurdly long. */
    public static String normalise(String text) {
        if (text.length() > LONGEST) {
            return "";
        }
        return isNormal(text) ? text : normal(text);
    }

    /** Most identifiers come so. */
    private static boolean isNormal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
    }

    /** Whether a text consists of ASCII digits alone; {@link Character#isDigit} would let others through. */
    static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
