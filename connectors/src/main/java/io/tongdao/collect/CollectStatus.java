package io.tongdao.collect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a connection's collection is. Counts are since this process started. */
public record CollectStatus(String connection, boolean running, List<Dataset> datasets) {
    /**
     * @param snapshotRows records of rows that the snapshot read
     * @param records all records written to the src topic, tombstones included
     * @param rejects records written to {@code flag.reject}
     * @param lastCommit the source's time of the newest change, null while none has come
     */
    public record Dataset(
            String dataset,
            SourceState.State state,
            int epoch,
            long snapshotRows,
            long records,
            long rejects,
            @Nullable Instant lastCommit) {}
}
