package io.tongdao.collect;

import io.tongdao.contract.serde.JsonFormat;
import io.tongdao.contract.topic.Pos;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code flag.reject}: why a row did not get through, and where it stands in its source. Never a value of the row. Keyed
 * {@code dataset|row}; a tombstone when the row became valid or is gone.
 *
 * @param pos {@link Pos#bytes()} in hex
 * @param op {@code r}, {@code c} or {@code u}
 * @param at when the source committed it; null for a row that a snapshot read
 * @param row the keyed digest of the source row's primary key, in hex
 * @param item the catalogue's name of the item at fault; empty: the row as a whole
 * @param code a short stable code, such as {@code id.check-digit} or {@code date.zero-or-infinite}
 * @param file where the row stands in a dropped file, {@code <manifest's id>:<line>}; null for a row of a database
 */
public record Reject(
        String dataset,
        String pos,
        String op,
        @Nullable Instant at,
        String row,
        String item,
        String code,
        @Nullable String file) {
    /** Of a row that came from a database. */
    public Reject(String dataset, String pos, String op, @Nullable Instant at, String row, String item, String code) {
        this(dataset, pos, op, at, row, item, code, null);
    }

    private static final JsonFormat<Reject> FORMAT = new JsonFormat<>(Reject.class);

    static byte[] key(String dataset, byte[] row) {
        return (dataset + '|' + HexFormat.of().formatHex(row)).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    public static Reject parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
