package io.tongdao.ops.keys;

import io.tongdao.release.TokenKey;
import java.time.Instant;

/**
 * What is on record of a key; never the key.
 *
 * @param since when it was made, or destroyed
 * @param by who did that, and why
 */
public record KeyRecord(TokenKey key, State state, Instant since, String by, String reason) {
    public enum State {
        LIVE,
        DESTROYED
    }

    public boolean live() {
        return state == State.LIVE;
    }
}
