package io.tongdao.ops.collect;

/** Valid citizen numbers for tests, by serial. */
final class Ids {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Ids() {}

    static String citizen(int serial) {
        String body = "530102%04d%02d%02d%03d"
                .formatted(1950 + serial % 60, 1 + serial / 60 % 12, 1 + serial / 720 % 28, serial / 20160 % 1000);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }
}
