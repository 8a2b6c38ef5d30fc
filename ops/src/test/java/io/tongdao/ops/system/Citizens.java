package io.tongdao.ops.system;

/** Valid citizen numbers that the generated province does not have: people born in 1901 to 1907. */
final class Citizens {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Citizens() {}

    /** @param division six digits, of the registration; {@code serial} below 2,000,000 */
    static String number(String division, int serial) {
        int days = serial / 1_000;
        String body = division
                + "%04d%02d%02d%03d".formatted(1901 + days / 336, 1 + days / 28 % 12, 1 + days % 28, serial % 1_000);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }
}
