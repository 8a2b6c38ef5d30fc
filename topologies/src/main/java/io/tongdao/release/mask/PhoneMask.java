package io.tongdao.release.mask;

/**
 * Telephone numbers. Of a mobile one the first three and the last four digits stay; of a fixed one the area code, if there is one, and the
 * last two; an extension is hidden whole. How the digits are grouped doesn't matter, and the country's own code goes. What is no number of
 * the mainland's plan (号码计划) is hidden whole: short numbers, 400 and 800, other countries'.
 */
final class PhoneMask {
    private static final String HIDDEN_EXTENSION = "-***";
    private static final String GROUPING = " -()";
    private static final int MOBILE = 11;
    private static final int MOST_DIGITS = 12;
    private static final int LONGEST_WORD = 4;
    private static final int LONGEST_EXTENSION = 6;

    private final String text;
    private final int[] places = new int[MOST_DIGITS];
    private int digits;

    private PhoneMask(String text) {
        this.text = text;
    }

    static String of(String number) {
        return new PhoneMask(national(Characters.plain(number))).masked();
    }

    private static String national(String number) {
        if (number.startsWith("+86")) {
            return number.substring(3);
        }
        return number.startsWith("0086") ? number.substring(4) : number;
    }

    private String masked() {
        int end = read();
        if (end < 0 || !whole()) {
            return TextMasks.HIDDEN;
        }
        if (end == text.length()) {
            return number();
        }
        return extension(end) ? number() + HIDDEN_EXTENSION : TextMasks.HIDDEN;
    }

    /** Finds the digits; returns where the number ends, or -1 if there are too many. */
    private int read() {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (digit(c)) {
                if (digits == MOST_DIGITS) {
                    return -1;
                }
                places[digits++] = at;
            } else if (GROUPING.indexOf(c) < 0 || (c == '-' && whole())) {
                return at;
            }
        }
        return text.length();
    }

    private boolean whole() {
        return mobile() || local(digits - area(), at(area()));
    }

    private boolean mobile() {
        return digits == MOBILE && at(0) == '1';
    }

    private static boolean local(int length, char first) {
        return (length == 7 || length == 8) && first >= '2';
    }

    /** The digits of the area code: 010 and 02x have three, all others four; none where the number does not begin with 0. */
    private int area() {
        if (at(0) != '0') {
            return 0;
        }
        char second = at(1);
        if (second == '1') {
            return at(2) == '0' ? 3 : digits;
        }
        return second == '2' ? 3 : second >= '3' ? 4 : digits;
    }

    private String number() {
        if (mobile()) {
            return "" + at(0) + at(1) + at(2) + "****" + at(7) + at(8) + at(9) + at(10);
        }
        int area = area();
        int first = area == 0 ? places[0] : places[area - 1] + 1;
        StringBuilder out = new StringBuilder(text.length());
        for (int n = 0; n < area; n++) {
            out.append(at(n));
        }
        out.repeat('*', places[digits - 2] - first);
        return out.append(at(digits - 2)).append(at(digits - 1)).toString();
    }

    /** After at most a word (转, 分机, ext.) come digits, and nothing else. */
    private boolean extension(int from) {
        int at = from;
        while (at < text.length() && at - from <= LONGEST_WORD && !digit(text.charAt(at))) {
            at++;
        }
        int length = text.length() - at;
        for (int n = at; n < text.length(); n++) {
            if (!digit(text.charAt(n))) {
                return false;
            }
        }
        return length > 0 && length <= LONGEST_EXTENSION;
    }

    private char at(int digit) {
        return digit < digits ? text.charAt(places[digit]) : 0;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
