package io.tongdao.ops.province;

import java.time.LocalDate;

/**
 * Makes identifiers with right check characters: citizen numbers (GB 11643), credit codes (GB 32100) around organisation codes
 * (GB 11714), registration numbers (GS 15).
 */
final class Numbers {
    private static final String CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] CREDIT_WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final long ORGANISATIONS = 31L * 31 * 31 * 31 * 31 * 31;

    private Numbers() {}

    static String citizen(String address, LocalDate birth, int sequence) {
        return citizen(
                address,
                digits(birth.getYear() * 10_000 + birth.getMonthValue() * 100 + birth.getDayOfMonth(), 8),
                sequence);
    }

    /** @param birth eight digits that need not be a date */
    static String citizen(String address, String birth, int sequence) {
        String head = address + birth + digits(sequence, 3);
        return head + citizenCheck(head);
    }

    /** Whether a citizen number in normal form has the check digit that it must have. */
    static boolean right(String number) {
        return number.length() == 18 && citizenCheck(number.substring(0, 17)) == number.charAt(17);
    }

    private static char citizenCheck(String head) {
        int p = 0;
        for (int i = 0; i < head.length(); i++) {
            p = (p + head.charAt(i) - '0') * 2 % 11;
        }
        return "0123456789X".charAt((12 - p) % 11);
    }

    /** The credit code of the enterprise with this number: distinct numbers below 31⁶ have distinct codes. */
    static String credit(String address, long number) {
        StringBuilder organisation = new StringBuilder("MA");
        long rest = Math.floorMod(number * 48_271L + 7_654_321L, ORGANISATIONS);
        for (int i = 0; i < 6; i++) {
            organisation.append(CREDIT.charAt((int) (rest % 31)));
            rest /= 31;
        }
        String head = "91" + address + organisation + organisationCheck(organisation);
        return head + creditCheck(head);
    }

    private static char organisationCheck(CharSequence head) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += Character.digit(head.charAt(i), 36) * ORGANISATION_WEIGHTS[i];
        }
        return "0123456789X0".charAt(11 - sum % 11);
    }

    private static char creditCheck(String head) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += CREDIT.indexOf(head.charAt(i)) * CREDIT_WEIGHTS[i];
        }
        return CREDIT.charAt((31 - sum % 31) % 31);
    }

    /** A 15-digit number of the old register, check by ISO 7064 MOD 11,10. */
    static String registration(String address, int sequence) {
        String head = address + digits(sequence, 8);
        int p = 10;
        for (int i = 0; i < head.length(); i++) {
            int s = (p + head.charAt(i) - '0') % 10;
            p = 2 * (s == 0 ? 10 : s) % 11;
        }
        return head + (11 - p) % 10;
    }

    /** A number with leading zeros; {@code String.format} would take most of a load's time. */
    static String digits(long number, int width) {
        String plain = Long.toString(number);
        return "0".repeat(Math.max(0, width - plain.length())) + plain;
    }

    /** The same number with a check character that is wrong. */
    static String wrongCheck(String number) {
        char last = number.charAt(number.length() - 1);
        return number.substring(0, number.length() - 1) + (last == '7' ? '3' : '7');
    }

    /** The same number in full-width characters, as a Chinese input method writes them. */
    static String fullWidth(String number) {
        return number.chars()
                .map(c -> c + 0xFEE0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
