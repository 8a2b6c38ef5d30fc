package io.tongdao.lakehouse.sink;

import java.time.Instant;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A table in figures, from the summary of what it shows.
 *
 * @param rows live rows
 * @param files data files of what is being written
 * @param validThrough time up to which it is complete, null if nothing was read
 */
record Figures(long rows, int files, @Nullable Instant validThrough) {
    static final Figures NONE = new Figures(0, 0, null);

    /** As the writer's last commit left it; rows as {@code before} while the table shows nothing yet. */
    static Figures of(FeedWriter writer, Figures before) {
        Snapshot shown = writer.table().currentSnapshot();
        if (shown == null) {
            return new Figures(before.rows, writer.files(), before.validThrough);
        }
        long through = figure(shown, "tongdao.valid-through");
        return new Figures(
                figure(shown, "total-records") - figure(shown, "total-position-deletes"),
                writer.files(),
                through == 0 ? null : Instant.ofEpochMilli(through));
    }

    private static long figure(Snapshot snapshot, String key) {
        return Long.parseLong(snapshot.summary().getOrDefault(key, "0"));
    }
}
