package io.tongdao.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text of UTF-8 bytes that were read before. State repeats the names of items and datasets in each value; what is no name is
 * found just as right, only not faster. Bounded, and safe for several threads: at worst a text is made twice.
 */
public final class Interned {
    private static final int SLOTS = 1 << 10;
    private static final int LONGEST = 64;
    private final @Nullable Known[] known = new Known[SLOTS];

    private record Known(byte[] utf8, String text) {
        boolean is(byte[] bytes, int from, int to) {
            return Arrays.equals(utf8, 0, utf8.length, bytes, from, to);
        }
    }

    /** The text of {@code bytes[from, to)}. */
    public String text(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int slot = slot(bytes, from, to);
        Known before = known[slot];
        if (before != null && before.is(bytes, from, to)) {
            return before.text;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        known[slot] = new Known(Arrays.copyOfRange(bytes, from, to), text);
        return text;
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
