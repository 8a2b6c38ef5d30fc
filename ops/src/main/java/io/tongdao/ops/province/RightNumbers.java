package io.tongdao.ops.province;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's own judgement of identifiers, written from the standards and apart from the channel's: the normal form of a right
 * number, or null. Weights are used here where {@link Numbers} uses the recursion.
 */
final class RightNumbers {
    private static final int[] CITIZEN_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern CITIZEN = Pattern.compile("[0-9]{17}[0-9X]");
    private static final Pattern OLD = Pattern.compile("[0-9]{15}");
    private static final LocalDate EARLIEST = LocalDate.of(1850, 1, 1);

    private RightNumbers() {}

    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
    }

    /** GB 11643; a number of 15 digits, which has neither century nor check digit, comes to the 18 that it stands for. */
    static @Nullable String citizen(String text) {
        String number = normal(text);
        if (OLD.matcher(number).matches()) {
            String century = Integer.parseInt(number.substring(12)) > 995 ? "18" : "19";
            String head = number.substring(0, 6) + century + number.substring(6);
            return citizen(head + "10X98765432".charAt(sum(head) % 11));
        }
        if (!CITIZEN.matcher(number).matches() || !born(number.substring(6, 14))) {
            return null;
        }
        return "10X98765432".charAt(sum(number) % 11) == number.charAt(17) ? number : null;
    }

    private static int sum(String number) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * CITIZEN_WEIGHTS[i];
        }
        return sum;
    }

    private static boolean born(String date) {
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(date.substring(0, 4)),
                    Integer.parseInt(date.substring(4, 6)),
                    Integer.parseInt(date.substring(6, 8)));
            return !day.isBefore(EARLIEST) && !day.isAfter(LocalDate.now(java.time.ZoneId.of("Asia/Shanghai")));
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** GB 32100, with the organisation code inside it. */
    static @Nullable String credit(String text) {
        String code = normal(text);
        if (code.length() != 18) {
            return null;
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            int value = CREDIT.indexOf(code.charAt(i));
            if (value < 0) {
                return null;
            }
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        char check = CREDIT.charAt((31 - sum % 31) % 31);
        return check == code.charAt(17) && organisation(code.substring(8, 17)) ? code : null;
    }

    private static boolean organisation(String code) {
        int[] weights = {3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += Character.digit(code.charAt(i), 36) * weights[i];
        }
        int check = 11 - sum % 11;
        char expected = check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
        return expected == code.charAt(8);
    }
}
