package io.tongdao.quality;

import io.tongdao.contract.serde.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code flag.quality}: a row that breaks a rule, by its coordinates; never a value of it. Keyed
 * {@code dataset|row|<row>|<rule>|<part>}; a tombstone when it no longer does, or is gone. As a row moves from one partition to another
 * it may be told by both for a moment: readers take row and rule.
 *
 * @param row the keyed digest of the source row's primary key, in hex: {@code Lineage.ROW} of its records
 * @param rule its id, as {@code consistency.of_age}
 * @param partition of the dataset's topic, where its newest version stands
 * @param offset of that version
 * @param at when the source committed it; null for a row that a reading of the table brought
 * @param part the task that judges it
 */
public record Violation(
        String dataset,
        String row,
        String rule,
        int partition,
        long offset,
        @Nullable Instant at,
        String part) {
    /** The second part of the key. */
    static final String KEY = "row";

    private static final JsonFormat<Violation> FORMAT = new JsonFormat<>(Violation.class);

    static byte[] key(String dataset, String row, String rule, String part) {
        return String.join("|", dataset, KEY, row, rule, part).getBytes(StandardCharsets.UTF_8);
    }

    byte[] key() {
        return key(dataset, row, rule, part);
    }

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    /** Whether a key of {@code flag.quality} is one of these. */
    public static boolean is(String key) {
        return key.split("\\|", 3)[1].equals(KEY);
    }

    public static Violation parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
