package io.tongdao.contract.identity;

import java.time.LocalDate;
import java.util.Random;

/** Seeded random identifiers and texts; a failing test names the seed. */
public final class Gen {
    private static final String AWKWARD = "aZ09|:%! \t\u007f\u0001中·é{}/";
    private final long seed;
    private final Random random;

    public Gen(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    public long seed() {
        return seed;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long bits() {
        return random.nextLong();
    }

    /** A valid citizen number of any date from 1900 to 2019, its check by the other form of MOD 11-2. */
    public String citizenId() {
        LocalDate birth = LocalDate.of(1900, 1, 1).plusDays(below(43_829));
        String body =
                String.format("53%04d%s%03d", below(10_000), birth.toString().replace("-", ""), below(1000));
        int product = 0;
        for (int i = 0; i < body.length(); i++) {
            product = (product + body.charAt(i) - '0') * 2 % 11;
        }
        int check = (12 - product) % 11;
        return body + (check == 10 ? "X" : Integer.toString(check));
    }

    /** Text with the characters that the key's grammar uses for itself. */
    public String awkward() {
        StringBuilder text = new StringBuilder();
        for (int i = below(12) + 1; i > 0; i--) {
            text.append(AWKWARD.charAt(below(AWKWARD.length())));
        }
        return text.toString();
    }
}
