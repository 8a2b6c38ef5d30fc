package io.tongdao.release.mask;

/**
 * Text as people count it: a character is a code point with the marks that follow it, so that a mask never parts a letter from its
 * accent, a name's character from its variant, or a surrogate from its other half.
 */
final class Characters {
    private static final char FULL_FIRST = '！';
    private static final char FULL_LAST = '～';
    private static final int FULL_TO_PLAIN = FULL_FIRST - '!';
    private static final int FIRST_MARK = 0x300;

    private Characters() {}

    static int count(String text) {
        int count = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            count++;
        }
        return count;
    }

    /** The first so many characters. */
    static String head(String text, int characters) {
        int at = 0;
        for (int n = 0; n < characters && at < text.length(); n++) {
            at = next(text, at);
        }
        return text.substring(0, at);
    }

    /** The last so many characters. */
    static String tail(String text, int characters) {
        int at = text.length();
        for (int n = 0; n < characters && at > 0; n++) {
            at = before(text, at);
        }
        return text.substring(at);
    }

    /** Numbers as their register writes them: full-width forms as plain ones, upper case. */
    static String plain(String number) {
        for (int at = 0; at < number.length(); at++) {
            if (plain(number.charAt(at)) != number.charAt(at)) {
                return plained(number);
            }
        }
        return number;
    }

    private static String plained(String number) {
        StringBuilder out = new StringBuilder(number.length());
        for (int at = 0; at < number.length(); at++) {
            out.append(plain(number.charAt(at)));
        }
        return out.toString();
    }

    private static char plain(char c) {
        char narrow = c >= FULL_FIRST && c <= FULL_LAST ? (char) (c - FULL_TO_PLAIN) : c;
        return narrow >= 'a' && narrow <= 'z' ? (char) (narrow - 'a' + 'A') : narrow;
    }

    private static int next(String text, int from) {
        int at = from + Character.charCount(text.codePointAt(from));
        while (at < text.length() && mark(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static int before(String text, int from) {
        int at = from;
        int point;
        do {
            point = text.codePointBefore(at);
            at -= Character.charCount(point);
        } while (at > 0 && mark(point));
        return at;
    }

    private static boolean mark(int point) {
        if (point < FIRST_MARK || (point >= '一' && point <= '鿿')) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
