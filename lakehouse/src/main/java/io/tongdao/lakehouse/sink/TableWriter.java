package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.commit.Committer;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.commit.LiveFile;
import io.tongdao.lakehouse.commit.Progress.Share;
import io.tongdao.lakehouse.commit.RollingRows;
import io.tongdao.lakehouse.commit.RowFiles;
import io.tongdao.lakehouse.commit.TableStopped;
import io.tongdao.lakehouse.index.IndexStore;
import io.tongdao.lakehouse.index.IndexSync;
import io.tongdao.lakehouse.index.KeyIndex;
import io.tongdao.lakehouse.maintain.Compaction;
import io.tongdao.lakehouse.maintain.Expiry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Upserts one topic into its table: records in, commits out; knows nothing of consumers. Rows and offsets are one Iceberg commit, old
 * rows are marked in deletion vectors, never by equality.
 *
 * <p>After any exception the writer is to be closed and opened anew, and reading goes on at {@link #positions}: the table alone says
 * what was read. {@link TableStopped} means that it must not be opened again as things stand. Used by one thread at a time.
 */
public final class TableWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
    private static final int EXPIRE_EVERY = 20;

    private final TableFeed feed;
    private final Table table;
    private final Committer committer;
    private final RowFiles files;
    private final RowShape.Row row;
    private final Function<byte[], GenericRecord> decoder;
    private final SinkSettings settings;
    private final Runnable promoted;
    private final Step.Probe probe;
    private final SortedMap<Integer, PartitionWriter> partitions = new TreeMap<>();
    private boolean main;
    private int commits;

    private TableWriter(
            Table table,
            TableFeed feed,
            String topicId,
            Function<byte[], GenericRecord> decoder,
            SinkSettings settings,
            Runnable promoted,
            Step.Probe probe) {
        this.feed = feed;
        this.table = table;
        this.committer = new Committer(table, feed.topic(), topicId, feed.epoch());
        this.files = new RowFiles(table);
        this.row = RowShape.row(table.schema(), feed.value());
        this.decoder = decoder;
        this.settings = settings;
        this.promoted = promoted;
        this.probe = probe;
    }

    /**
     * Opens the table, made if need be, and takes over the given partitions.
     *
     * @param topicId Kafka's id of the topic
     * @param owned the Kafka partitions that this writer owns
     * @throws TableStopped if the table is not this topic's to write
     */
    public static TableWriter open(
            LakeCatalog catalog,
            IndexStore indexes,
            TableFeed feed,
            String topicId,
            Set<Integer> owned,
            Function<byte[], GenericRecord> decoder,
            SinkSettings settings) {
        return open(catalog, indexes, feed, topicId, owned, decoder, settings, Step.Probe.NONE);
    }

    static TableWriter open(
            LakeCatalog catalog,
            IndexStore indexes,
            TableFeed feed,
            String topicId,
            Set<Integer> owned,
            Function<byte[], GenericRecord> decoder,
            SinkSettings settings,
            Step.Probe probe) {
        Table table = catalog.table(feed.table(), RowShape.schema(feed.value()));
        widen(table, feed);
        Runnable promoted = () -> indexes.keepOnly(feed.table(), topicId);
        TableWriter writer = new TableWriter(table, feed, topicId, decoder, settings, promoted, probe);
        writer.own(indexes, topicId, owned);
        return writer;
    }

    /** Adds the columns that the topic has won since. */
    private static void widen(Table table, TableFeed feed) {
        boolean complete = feed.value().getFields().stream()
                .allMatch(field -> table.schema().findField(field.name()) != null);
        if (!complete) {
            table.updateSchema().unionByNameWith(RowShape.schema(feed.value())).commit();
            table.refresh();
        }
    }

    private void own(IndexStore indexes, String topicId, Set<Integer> owned) {
        Committer.Head head = committer.head();
        main = head.isMain();
        Map<Integer, Map<String, LiveFile>> live = LiveFile.of(table, head);
        String name = UUID.randomUUID().toString().substring(0, 8);
        for (int partition : owned) {
            KeyIndex index = indexes.index(feed.table(), topicId, partition);
            Map<String, LiveFile> own = live.getOrDefault(partition, new HashMap<>());
            IndexSync.sync(index, table, head.snapshot(), own);
            Share share = head.progress().share(partition);
            partitions.put(partition, new PartitionWriter(partition, index, own, share, name, feed.positioned()));
        }
        if (!main && isComplete()) {
            promote();
        }
    }

    /** The next offset to read of each owned partition. 0 on one that was never read: begin where the topic begins. */
    public Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new TreeMap<>();
        partitions.forEach((partition, writer) -> positions.put(partition, writer.position()));
        return positions;
    }

    /** The offsets that the table stands at. */
    public Map<Integer, Long> committed() {
        Map<Integer, Long> offsets = new TreeMap<>();
        partitions.forEach(
                (partition, writer) -> offsets.put(partition, writer.committed().offset()));
        return offsets;
    }

    public void add(ConsumerRecord<byte[], byte[]> record) {
        partition(record.partition()).add(record);
    }

    /** Says that everything before {@code offset} was read, ends of transactions included. */
    public void advance(int partition, long offset) {
        partition(partition).advance(offset);
    }

    private PartitionWriter partition(int partition) {
        PartitionWriter writer = partitions.get(partition);
        if (writer == null) {
            throw new IllegalArgumentException("partition " + partition + " of " + feed.topic() + " is not owned here");
        }
        return writer;
    }

    /** Whether there is nothing to commit but offsets. */
    public boolean isEmpty() {
        return partitions.values().stream().allMatch(PartitionWriter::isEmpty);
    }

    /** Roughly the memory that uncommitted records hold. */
    public long bytes() {
        return partitions.values().stream().mapToLong(PartitionWriter::bytes).sum();
    }

    /** Keys that wait to be committed. */
    public int rows() {
        return partitions.values().stream().mapToInt(PartitionWriter::rows).sum();
    }

    /** The table as of the last commit; for reading its figures. */
    public Table table() {
        return table;
    }

    /** The branch being filled, {@code main} if the table itself. */
    public String ref() {
        return main ? "main" : "e" + feed.epoch();
    }

    /** Data files of the owned partitions. */
    public int files() {
        return partitions.values().stream().mapToInt(p -> p.files.size()).sum();
    }

    /** Commits what was added, and the offsets; then looks after the table's files. No effect if nothing was read. */
    public void commit() {
        List<PartitionWriter> moved = partitions.values().stream()
                .filter(p -> p.moved() || !p.isEmpty())
                .toList();
        if (moved.isEmpty()) {
            return;
        }
        commit(moved);
        if (!main && isComplete()) {
            promote();
        }
        maintain();
    }

    private void commit(List<PartitionWriter> moved) {
        String id = UUID.randomUUID().toString();
        try (Staging staging = new Staging(id, moved)) {
            staging.writeRows();
            probe.reached(Step.ROWS_WRITTEN);
            DeleteWriteResult vectors = staging.writeVectors();
            probe.reached(Step.VECTORS_WRITTEN);
            Map<Integer, Share> goals = shares(moved, true);
            Snapshot snapshot =
                    committer.commit(id, shares(moved, false), goals, (t, head) -> staging.delta(t, head, vectors));
            staging.done = true;
            probe.reached(Step.COMMITTED);
            staging.index(snapshot, goals, vectors.deleteFiles());
            probe.reached(Step.INDEXED);
        }
    }

    private static Map<Integer, Share> shares(List<PartitionWriter> moved, boolean goal) {
        Map<Integer, Share> shares = new HashMap<>();
        moved.forEach(p -> shares.put(p.partition, goal ? p.goal() : p.committed()));
        return shares;
    }

    private boolean isComplete() {
        int needed = feed.sourcePartitions();
        var shares = committer.head().progress();
        for (int partition = 0; partition < feed.partitions(); partition++) {
            if (shares.share(partition).complete().size() < needed) {
                return false;
            }
        }
        return true;
    }

    private void promote() {
        committer.promote();
        main = true;
        probe.reached(Step.PROMOTED);
        promoted.run();
        LOG.info("{}: epoch {} is complete and has become the table", feed.table(), feed.epoch());
    }

    private void maintain() {
        for (PartitionWriter each : partitions.values()) {
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

    @Override
    public void close() {
        partitions.clear();
    }

    /** A batch on its way into the table. Files of one that never gets there are deleted, if that can be known. */
    private final class Staging implements AutoCloseable {
        private final Map<PartitionWriter, RollingRows> rows = new HashMap<>();
        private final Map<PartitionWriter, KeyIndex.Changes> changes = new HashMap<>();
        private final DVFileWriter vectors;
        private boolean attempted;
        private boolean done;

        Staging(String id, List<PartitionWriter> moved) {
            for (PartitionWriter each : moved) {
                var names = files.data(each.partition, each.generation(), id);
                rows.put(each, new RollingRows(files, names, settings.targetFileBytes()));
                changes.put(each, each.index.change());
            }
            vectors = files.vectors(moved.get(0).generation(), id, this::live);
        }

        private @org.jspecify.annotations.Nullable LiveFile live(String path) {
            for (PartitionWriter each : rows.keySet()) {
                LiveFile live = each.files.get(path);
                if (live != null) {
                    return live;
                }
            }
            return null;
        }

        void writeRows() {
            rows.forEach((owner, written) -> {
                owner.stage(new PartitionWriter.Target(written, vectors, changes(owner), row, decoder));
                written.finish();
            });
        }

        private KeyIndex.Changes changes(PartitionWriter owner) {
            return java.util.Objects.requireNonNull(changes.get(owner));
        }

        DeleteWriteResult writeVectors() {
            try {
                vectors.close();
            } catch (IOException e) {
                throw new UncheckedIOException("can't write deletion vectors of " + feed.table(), e);
            }
            return vectors.result();
        }

        SnapshotUpdate<?> delta(Table t, Committer.Head head, DeleteWriteResult written) {
            attempted = true;
            RowDelta delta = t.newRowDelta();
            rows.values().forEach(each -> each.finish().forEach(delta::addRows));
            written.deleteFiles().forEach(delta::addDeletes);
            written.rewrittenDeleteFiles().forEach(delta::removeDeletes);
            if (head.snapshot() != null) {
                delta.validateFromSnapshot(head.snapshot().snapshotId());
            }
            return delta.validateDataFilesExist(written.referencedDataFiles()).validateDeletedFiles();
        }

        void index(Snapshot snapshot, Map<Integer, Share> goals, List<DeleteFile> written) {
            rows.forEach((owner, each) -> {
                changes(owner).write(snapshot.snapshotId());
                List<DataFile> added = each.finish();
                owner.committed(java.util.Objects.requireNonNull(goals.get(owner.partition)), added);
                written.forEach(owner::marked);
            });
        }

        @Override
        public void close() {
            changes.values().forEach(KeyIndex.Changes::close);
            if (!done) {
                rows.values().forEach(RollingRows::close);
            }
            if (!done && !attempted) {
                rows.values().stream().flatMap(each -> each.paths().stream()).forEach(table.io()::deleteFile);
            }
        }
    }
}
