package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.commit.Committer;
import io.tongdao.lakehouse.commit.DayTags;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.commit.LiveFile;
import io.tongdao.lakehouse.commit.Progress.Share;
import io.tongdao.lakehouse.commit.RowFiles;
import io.tongdao.lakehouse.commit.TableStopped;
import io.tongdao.lakehouse.index.IndexStore;
import io.tongdao.lakehouse.index.IndexSync;
import io.tongdao.lakehouse.index.KeyIndex;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
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
public final class TableWriter implements FeedWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    private final TableFeed feed;
    private final Table table;
    private final Committer committer;
    private final RowFiles files;
    private final RowShape.Row row;
    private final Function<byte[], GenericRecord> decoder;
    private final SinkSettings settings;
    private final Runnable promoted;
    private final Step.Probe probe;
    private final Upkeep upkeep;
    private final SortedMap<Integer, PartitionWriter> partitions = new TreeMap<>();
    private boolean main;

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
        this.committer = new Committer(
                table, feed.topic(), topicId, feed.epoch(), new DayTags(Duration.ofDays(feed.keptDays())));
        this.files = new RowFiles(table);
        this.row = RowShape.row(table.schema(), feed.value());
        this.decoder = decoder;
        this.settings = settings;
        this.promoted = promoted;
        this.probe = probe;
        this.upkeep = new Upkeep(table, committer, settings, probe);
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
        Table table = catalog.table(feed.table(), RowShape.schema(feed.value()), labels(feed));
        Runnable promoted = () -> indexes.keepOnly(feed.table(), topicId);
        TableWriter writer = new TableWriter(table, feed, topicId, decoder, settings, promoted, probe);
        writer.own(indexes, topicId, owned);
        return writer;
    }

    private static Map<String, String> labels(TableFeed feed) {
        Map<String, String> labels = new TreeMap<>(RowShape.labels(feed.value()));
        if (feed.placed()) {
            labels.put(RowShape.PARTITIONS, Integer.toString(feed.partitions()));
        }
        return labels;
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
    @Override
    public Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new TreeMap<>();
        partitions.forEach((partition, writer) -> positions.put(partition, writer.position()));
        return positions;
    }

    /** The offsets that the table stands at. */
    @Override
    public Map<Integer, Long> committed() {
        Map<Integer, Long> offsets = new TreeMap<>();
        partitions.forEach(
                (partition, writer) -> offsets.put(partition, writer.committed().offset()));
        return offsets;
    }

    @Override
    public void add(ConsumerRecord<byte[], byte[]> record) {
        partition(record.partition()).add(record);
    }

    /** Says that everything before {@code offset} was read, ends of transactions included. */
    @Override
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
    @Override
    public boolean isEmpty() {
        return partitions.values().stream().allMatch(PartitionWriter::isEmpty);
    }

    /** Roughly the memory that uncommitted records hold. */
    @Override
    public long bytes() {
        return partitions.values().stream().mapToLong(PartitionWriter::bytes).sum();
    }

    /** Keys that wait to be committed. */
    @Override
    public int rows() {
        return partitions.values().stream().mapToInt(PartitionWriter::rows).sum();
    }

    /** The table as of the last commit; for reading its figures. */
    @Override
    public Table table() {
        return table;
    }

    /** The branch being filled, {@code main} if the table itself. */
    @Override
    public String ref() {
        return main ? "main" : "e" + feed.epoch();
    }

    /** Data files of the owned partitions. */
    @Override
    public int files() {
        return partitions.values().stream().mapToInt(p -> p.files.size()).sum();
    }

    /** Commits what was added, and the offsets; then looks after the table's files. No effect if nothing was read. */
    @Override
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
        upkeep.after(partitions.values());
    }

    private void commit(List<PartitionWriter> moved) {
        String id = UUID.randomUUID().toString();
        try (StagedBatch batch = new StagedBatch(id, moved, table, files, settings.targetFileBytes())) {
            batch.writeRows(row, decoder);
            probe.reached(Step.ROWS_WRITTEN);
            DeleteWriteResult vectors = batch.writeVectors();
            probe.reached(Step.VECTORS_WRITTEN);
            Map<Integer, Share> goals = shares(moved, true);
            Snapshot snapshot =
                    committer.commit(id, shares(moved, false), goals, (t, head) -> batch.delta(t, head, vectors));
            batch.committed();
            probe.reached(Step.COMMITTED);
            batch.index(snapshot, goals, vectors.deleteFiles());
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

    @Override
    public void close() {
        partitions.clear();
    }
}
