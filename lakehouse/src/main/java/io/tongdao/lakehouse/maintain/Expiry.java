package io.tongdao.lakehouse.maintain;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old snapshots and the files that only they need. */
public final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private Expiry() {}

    /**
     * Keeps the last {@code kept} snapshots of every branch, the ends of days as long as their tags say, and all that are younger than {@code age};
     * gives up quietly if the table changes meanwhile.
     *
     * <p>Snapshots are named one by one: Iceberg's incremental clean-up, which it would choose otherwise, deletes a Puffin file as soon
     * as one of the deletion vectors in it is replaced, while others in the same file are still needed.
     */
    public static void expire(Table table, int kept, Duration age) {
        table.refresh();
        List<Long> old = old(table, kept, System.currentTimeMillis() - age.toMillis());
        if (old.isEmpty()) {
            return;
        }
        ExpireSnapshots expire = table.expireSnapshots().expireOlderThan(0).retainLast(1);
        old.forEach(expire::expireSnapshotId);
        try {
            expire.commit();
        } catch (CommitFailedException e) {
            LOG.debug("{}: expiry waits for its next turn", table.name());
        }
    }

    private static List<Long> old(Table table, int kept, long before) {
        Set<Long> needed = new HashSet<>();
        for (SnapshotRef ref : table.refs().values()) {
            int count = 0;
            int most = ref.isTag() ? 1 : kept;
            for (Snapshot each : SnapshotUtil.ancestorsOf(ref.snapshotId(), table::snapshot)) {
                if (count++ < most) {
                    needed.add(each.snapshotId());
                }
            }
        }
        List<Snapshot> all = new java.util.ArrayList<>();
        table.snapshots().forEach(all::add);
        return all.stream()
                .filter(each -> each.timestampMillis() < before && !needed.contains(each.snapshotId()))
                .map(Snapshot::snapshotId)
                .toList();
    }
}
