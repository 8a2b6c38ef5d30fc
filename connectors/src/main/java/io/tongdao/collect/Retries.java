package io.tongdao.collect;

import io.tongdao.contract.topic.Pos;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rejected rows of one table that are to be fetched again (ops/decisions/0197). The table is read beside its stream, and of its rows
 * only these get through: their coordinates are digests, which only a reading of the keys can find. A row that changes meanwhile speaks
 * for itself in the stream, and is no longer fetched.
 */
final class Retries {
    /** Above every ordinal that an event of the source gives. */
    private static final int RETRIED = 1 << 20;

    private final Map<ByteBuffer, Pos> rows = new HashMap<>();

    /** @param positions row → position of its reject, both in hex */
    Retries(Map<String, String> positions) {
        HexFormat hex = HexFormat.of();
        positions.forEach((row, pos) -> rows.put(ByteBuffer.wrap(hex.parseHex(row)), Pos.parse(hex.parseHex(pos))));
    }

    /**
     * Takes a row that was read, once; null: it is not wanted. The position follows that of its reject and is followed by any later change.
     */
    @Nullable
    Pos take(byte[] row) {
        Pos rejected = rows.remove(ByteBuffer.wrap(row));
        return rejected == null ? null : after(rejected);
    }

    /** The row changed in the stream. */
    void overtaken(byte[] row) {
        rows.remove(ByteBuffer.wrap(row));
    }

    /** What the whole table did not have: row and position of its end. */
    Map<byte[], Pos> missing() {
        Map<byte[], Pos> missing = new HashMap<>();
        rows.forEach((row, rejected) -> missing.put(row.array(), after(rejected)));
        rows.clear();
        return missing;
    }

    private static Pos after(Pos rejected) {
        return new Pos(
                rejected.epoch(), rejected.commit(), rejected.change(), Math.max(RETRIED, rejected.ordinal() + 1));
    }
}
