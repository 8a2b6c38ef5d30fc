package io.tongdao.ops.province;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is wrong with the way in which a register writes an identifier. */
enum Flaw {
    NONE,
    CHECK_CHARACTER,
    MISSING,
    SHORT,
    /** Forms that normalise and are right. */
    FULL_WIDTH,
    LOWER_CASE,
    SPACED;

    static Flaw draw(Dice dice) {
        int lot = dice.below(1000);
        return lot < 6 ? values()[1 + lot] : NONE;
    }

    /** Whether the row is right all the same. */
    boolean sound() {
        return this == NONE || ordinal() >= FULL_WIDTH.ordinal();
    }

    @Nullable
    String written(String identifier) {
        return switch (this) {
            case NONE -> identifier;
            case CHECK_CHARACTER -> identifier.length() == 15 ? identifier + "0" : Numbers.wrongCheck(identifier);
            case MISSING -> null;
            case SHORT -> identifier.substring(0, identifier.length() - 1);
            case FULL_WIDTH -> Numbers.fullWidth(identifier);
            case LOWER_CASE -> identifier.toLowerCase(Locale.ROOT);
            case SPACED -> identifier + " ";
        };
    }
}
