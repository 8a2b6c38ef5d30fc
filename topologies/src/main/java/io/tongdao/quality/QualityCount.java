package io.tongdao.quality;

import io.tongdao.contract.serde.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A count of {@code flag.quality}: how many rows of a dataset keep its rules, one task's share of it; readers add the parts up. Keyed
 * {@code dataset|count|<window>|<part>}.
 *
 * <p>Windows: {@link #NOW} counts the rows that the table holds now. A day ({@code 2026-03-01}, of the source's commit time in China)
 * counts the versions of rows that were committed on it, each once by its {@code pos} however often it is delivered, as they were judged
 * then. {@code e3} counts the rows that the reading of the whole table in epoch 3 brought, which have no time.
 */
public record QualityCount(String dataset, String window, String part, List<Rule> rules) {
    /** The window of what is there. */
    public static final String NOW = "now";
    /** The second part of the key. */
    static final String KEY = "count";

    private static final JsonFormat<QualityCount> FORMAT = new JsonFormat<>(QualityCount.class);

    /**
     * A and B of GB/T 36344.
     *
     * @param rule its id
     * @param conforming A: rows that keep it
     * @param checked B: rows that it was asked of
     */
    public record Rule(String rule, long conforming, long checked) {}

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

    public static QualityCount parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
