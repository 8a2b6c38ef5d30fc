package io.tongdao.ops.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a key of files; never the key.
 *
 * @param since when it was made, or destroyed
 * @param by who did that, and why
 * @param handed when and by whom it was handed to the consumer; null: it was not yet
 */
public record FileKeyRecord(
        FileKey key,
        KeyRecord.State state,
        Instant since,
        String by,
        String reason,
        @Nullable Handed handed) {
    public record Handed(Instant at, String by) {}

    public boolean live() {
        return state == KeyRecord.State.LIVE;
    }
}
