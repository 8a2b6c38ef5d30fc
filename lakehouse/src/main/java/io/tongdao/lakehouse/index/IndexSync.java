package io.tongdao.lakehouse.index;

import io.tongdao.lakehouse.commit.LiveFile;
import io.tongdao.lakehouse.commit.RowFiles;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a partition's index to the table's present state: nothing to do, scan the key column of the files added since its stamp, or,
 * where its stamp is no ancestor (a lost index, a rolled back table, an expired snapshot), rebuild.
 */
public final class IndexSync {
    private static final Logger LOG = LoggerFactory.getLogger(IndexSync.class);

    private IndexSync() {}

    /** What it took. */
    public enum Outcome {
        CURRENT,
        CAUGHT_UP,
        REBUILT
    }

    /** @param live the partition's files at {@code head} */
    public static Outcome sync(KeyIndex index, Table table, @Nullable Snapshot head, Map<String, LiveFile> live) {
        if (head == null) {
            index.clear();
            return Outcome.REBUILT;
        }
        Long stamp = index.stamp();
        if (Objects.equals(stamp, head.snapshotId())) {
            return Outcome.CURRENT;
        }
        if (stamp != null && SnapshotUtil.isAncestorOf(table, head.snapshotId(), stamp)) {
            return read(index, table, added(table, head, stamp, live), head, Outcome.CAUGHT_UP);
        }
        index.clear();
        return read(index, table, live.values(), head, Outcome.REBUILT);
    }

    private static Collection<LiveFile> added(Table table, Snapshot head, long stamp, Map<String, LiveFile> live) {
        Set<LiveFile> added = new LinkedHashSet<>();
        for (Snapshot each : SnapshotUtil.ancestorsBetween(table, head.snapshotId(), stamp)) {
            for (DataFile file :
                    SnapshotChanges.builderFor(table).snapshot(each).build().addedDataFiles()) {
                LiveFile present = live.get(file.location());
                if (present != null) {
                    added.add(present);
                }
            }
        }
        return added;
    }

    private static Outcome read(
            KeyIndex index, Table table, Collection<LiveFile> unread, Snapshot head, Outcome outcome) {
        RowFiles files = new RowFiles(table);
        try (KeyIndex.Changes changes = index.change()) {
            for (LiveFile file : unread) {
                int number = changes.number(file.path());
                files.keys(
                        file,
                        (key, position) ->
                                changes.put(key.getBytes(StandardCharsets.UTF_8), Entry.at(number, position)));
                changes.writePart();
            }
            changes.write(head.snapshotId());
        }
        LOG.info("{}: index {} from {} files", table.name(), outcome, unread.size());
        return outcome;
    }
}
