package io.tongdao.collect;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code ctl.source}, keyed by dataset: how far the dataset's collection is.
 *
 * @param epoch raised by every new reading of the whole table; part of every position
 * @param connection the connection that collects it
 * @param collector the run that wrote this, at random: who finds another's here has lost the dataset
 * @param generation of the connection's stream: raised where its log has a gap; 0 in values of the first version, where it is the epoch
 * @param ordered how far {@code ctl.collect} has been obeyed for this dataset: the offset after the last order taken
 * @param definition a digest of what the catalogue says of the dataset's table; null in values of the first version
 */
public record SourceState(
        int epoch,
        State state,
        String connection,
        String collector,
        Instant since,
        int generation,
        long ordered,
        @Nullable String definition) {
    /** Until a table has been read whole its rows are not known to be all. */
    public enum State {
        /** The first reading of a generation: all tables of the connection in one view, changes after it. */
        SNAPSHOTTING,
        STREAMING,
        /** Streams, and the table is being read whole beside, in a new epoch. */
        REREADING,
        /** The source's log has a gap: nothing is read until somebody confirms a new generation. */
        LOST,
        /** No longer in the catalogue; kept so that a later epoch is higher. */
        ENDED
    }

    private static final JsonFormat<SourceState> FORMAT = new JsonFormat<>(SourceState.class);

    /** The generation, also of a value of the first version. */
    int streamGeneration() {
        return generation == 0 ? epoch : generation;
    }

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    public static SourceState parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
