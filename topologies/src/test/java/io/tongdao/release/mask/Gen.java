package io.tongdao.release.mask;

import java.util.random.RandomGenerator;

/** Seeded random text over all of Unicode, lone surrogates too, with what masks react to over-represented. */
final class Gen {
    private static final String[] LIKELY = {
        "*",
        "***",
        "·",
        "欧阳",
        "王",
        "阿依古丽·买买提",
        "五华区",
        "云南省",
        "昆明市",
        "小区",
        "县",
        "1",
        "0",
        "138",
        "0871-",
        "X",
        "\uD840\uDC00",
        "\u0301",
        "\uDB40\uDD00",
        "１３８",
        "13812341234",
        "0871-63112345",
        "转801",
        "+86",
        "-",
        "530102199003071238",
        "53010219900307123X",
        "云A12345",
        "\uD800",
        " "
    };
    private final RandomGenerator random;

    Gen(long seed) {
        this.random = new java.util.SplittableRandom(seed);
    }

    String text(int length) {
        StringBuilder out = new StringBuilder();
        while (out.length() < length) {
            switch (random.nextInt(4)) {
                case 0 -> out.append(LIKELY[random.nextInt(LIKELY.length)]);
                case 1 -> out.append((char) ('0' + random.nextInt(10)));
                case 2 -> out.append((char) ('一' + random.nextInt(20_000)));
                default -> out.append((char) random.nextInt(0x10000));
            }
        }
        return out.substring(0, length);
    }

    long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    RandomGenerator random() {
        return random;
    }
}
