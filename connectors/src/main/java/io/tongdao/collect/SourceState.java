package io.tongdao.collect;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * The value of {@code ctl.source}, keyed by dataset: how far the dataset's collection is.
 *
 * @param epoch raised by every new snapshot; part of every position
 * @param connection the connection that collects it
 * @param collector the run that wrote this, at random: who finds another's here has lost the dataset
 */
public record SourceState(int epoch, State state, String connection, String collector, Instant since) {
    /** Until a snapshot is complete its rows are not known to be all. */
    public enum State {
        SNAPSHOTTING,
        STREAMING
    }

    private static final JsonFormat<SourceState> FORMAT = new JsonFormat<>(SourceState.class);

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    public static SourceState parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
