package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.commit.Committer;
import io.tongdao.lakehouse.commit.LiveFile;
import io.tongdao.lakehouse.commit.Progress.Share;
import io.tongdao.lakehouse.maintain.Compaction;
import io.tongdao.lakehouse.maintain.Expiry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Looks after a table's files between two batches: small ones become large ones, old snapshots go. */
final class Upkeep {
    private static final int EXPIRE_EVERY = 20;

    private final Table table;
    private final Committer committer;
    private final SinkSettings settings;
    private final Step.Probe probe;
    private int commits;

    Upkeep(Table table, Committer committer, SinkSettings settings, Step.Probe probe) {
        this.table = table;
        this.committer = committer;
        this.settings = settings;
        this.probe = probe;
    }

    /** To be called after each commit, by the partitions' owner. */
    void after(Collection<PartitionWriter> partitions) {
        for (PartitionWriter each : partitions) {
            Compaction.of(each.files, settings.smallFiles()).ifPresent(files -> compact(each, files));
        }
        if (++commits % EXPIRE_EVERY == 0) {
            Expiry.expire(table, settings.keptSnapshots(), settings.keptFor());
        }
    }

    private void compact(PartitionWriter owner, List<LiveFile> small) {
        String id = UUID.randomUUID().toString();
        Share share = owner.goal();
        Compaction.Plan plan = new Compaction.Plan(owner.partition, share.generation(), id, settings.targetFileBytes());
        try (Compaction compaction = new Compaction(table, owner.index, plan)) {
            compaction.rewrite(small);
            Map<Integer, Share> unmoved = Map.of(owner.partition, owner.committed());
            Snapshot snapshot = committer.commit(id, unmoved, unmoved, (t, head) -> compaction.change(t, head));
            probe.reached(Step.COMPACTED);
            compaction.index(snapshot, owner.files);
            probe.reached(Step.COMPACTION_INDEXED);
        }
    }
}
