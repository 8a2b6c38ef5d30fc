package io.tongdao.collect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection's collection is. Counts are since this process started.
 *
 * @param lost why the source's log has a gap, one line; null: it has none
 * @param broken what broke the reading, which is begun again by itself, one line; null: nothing, or it has recovered
 * @param breaks how often it broke
 */
public record CollectStatus(
        String connection,
        boolean running,
        @Nullable String lost,
        @Nullable String broken,
        long breaks,
        List<Dataset> datasets) {
    /** What keeps the whole connection from being collected, one line; null: nothing. */
    public @Nullable String problem() {
        return lost != null ? lost : broken;
    }

    /**
     * @param snapshotRows records of rows that a snapshot read
     * @param records all records written to the src topic, tombstones included
     * @param rejects records written to {@code flag.reject}
     * @param lastCommit the source's time of the newest change, null while none has come
     * @param rowsRead rows of the table that the present or latest reading has brought
     * @param rowsEstimated about how many there are, by the database's own figures; -1: unknown
     * @param problem what keeps the dataset's rows back or makes them doubtful, one line; null: nothing
     */
    public record Dataset(
            String dataset,
            SourceState.State state,
            int epoch,
            long snapshotRows,
            long records,
            long rejects,
            @Nullable Instant lastCommit,
            long rowsRead,
            long rowsEstimated,
            @Nullable String problem) {}
}
