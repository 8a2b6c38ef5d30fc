package io.tongdao.reconcile;

import io.tongdao.contract.serde.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * How a dataset's claims stand to the other sources' (一致性 of GB/T 36344, across sources): one task's share, readers add the parts up. A
 * record of {@code flag.quality}, keyed {@code dataset|agree|<window>|<part>}: counts, never a value.
 *
 * @param window {@code now}: as counted last; a day: as counted last on it
 * @param at when it was counted
 */
public record Consistency(String dataset, String window, String part, Instant at, List<Item> items) {
    /** The window of what is there. */
    public static final String NOW = "now";
    /** The second part of the key. */
    static final String KEY = "agree";

    private static final JsonFormat<Consistency> FORMAT = new JsonFormat<>(Consistency.class);

    /**
     * Claims about one golden item.
     *
     * @param agreeing A: no other source contradicts them, and one at least says the same
     * @param contradicted with it B: they were compared
     * @param alone no rule compares them, or no other source says anything
     */
    public record Item(String base, String item, long agreeing, long contradicted, long alone) {}

    static byte[] key(String dataset, String window, String part) {
        return String.join("|", dataset, KEY, window, part).getBytes(StandardCharsets.UTF_8);
    }

    byte[] key() {
        return key(dataset, window, part);
    }

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    /** Whether a key of {@code flag.quality} is one of these. */
    public static boolean is(String key) {
        return key.split("\\|", 3)[1].equals(KEY);
    }

    public static Consistency parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
