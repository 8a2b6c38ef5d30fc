package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.commit.Committer;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.commit.MonthlyRows;
import io.tongdao.lakehouse.commit.Progress.Share;
import io.tongdao.lakehouse.maintain.Expiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Appends a topic that only grows to a table that only grows ({@code audit.*}; art. 35: kept at least 3 years): rows and offsets are one
 * Iceberg commit, so each record's rows are there once. Nothing here, nor any maintenance, ever rewrites or removes a data file of it.
 */
final class AppendWriter implements FeedWriter {
    /** While records keep coming: each commit is a file of each month that is there for good. */
    static final Duration BUSY = Duration.ofMinutes(1);

    private static final int EXPIRE_EVERY = 20;
    private static final int OVERHEAD = 96;

    private final Table table;
    private final Committer committer;
    private final Function<byte[], GenericRecord> decoder;
    private final AppendedRows rows;
    private final RowShape.Row row;
    private final SinkSettings settings;
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private final Map<Integer, Share> committed = new TreeMap<>();
    private final Map<Integer, Long> next = new TreeMap<>();
    private final Map<Integer, Long> through = new HashMap<>();
    private final Map<Integer, Long> generations = new HashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> waiting = new ArrayList<>();
    private long bytes;
    private int files;
    private int commits;

    private AppendWriter(
            Table table,
            TableFeed feed,
            String topicId,
            AppendedRows rows,
            Function<byte[], GenericRecord> decoder,
            SinkSettings settings) {
        this.table = table;
        this.committer = new Committer(table, feed.topic(), topicId, feed.epoch());
        this.decoder = decoder;
        this.rows = rows;
        this.row = RowShape.row(table.schema(), rows.schema());
        this.settings = settings;
    }

    /**
     * Opens the table, made if need be, and takes over the given partitions.
     *
     * @throws io.tongdao.lakehouse.commit.TableStopped if the table is not this topic's to write
     */
    static AppendWriter open(
            LakeCatalog catalog,
            TableFeed feed,
            TableFeed.Appended appended,
            String topicId,
            Set<Integer> owned,
            Function<byte[], GenericRecord> decoder,
            SinkSettings settings) {
        AppendedRows rows = new AppendedRows(feed.value(), appended.each());
        Table table = catalog.monthly(feed.table(), RowShape.appended(rows.schema()), appended.time());
        AppendWriter writer = new AppendWriter(table, feed, topicId, rows, decoder, settings);
        Committer.Head head = writer.committer.head();
        owned.forEach(partition -> writer.own(partition, head.progress().share(partition)));
        return writer;
    }

    private void own(int partition, Share share) {
        committed.put(partition, share);
        next.put(partition, share.offset());
        through.put(partition, share.through());
        generations.put(partition, share.generation() + 1);
    }

    @Override
    public Map<Integer, Long> positions() {
        return Map.copyOf(next);
    }

    @Override
    public Map<Integer, Long> committed() {
        Map<Integer, Long> offsets = new TreeMap<>();
        committed.forEach((partition, share) -> offsets.put(partition, share.offset()));
        return offsets;
    }

    @Override
    public void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() != null) {
            waiting.add(record);
            bytes += record.value().length + OVERHEAD;
        }
        through.merge(record.partition(), record.timestamp(), Math::max);
        advance(record.partition(), record.offset() + 1);
    }

    @Override
    public void advance(int partition, long offset) {
        next.merge(partition, offset, Math::max);
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int rows() {
        return waiting.size();
    }

    @Override
    public Table table() {
        return table;
    }

    @Override
    public String ref() {
        return "main";
    }

    /** Those that this writer has added. */
    @Override
    public int files() {
        return files;
    }

    @Override
    public void commit() {
        Map<Integer, Share> from = new TreeMap<>();
        Map<Integer, Share> to = new TreeMap<>();
        next.forEach((partition, offset) -> {
            Share held = committed.getOrDefault(partition, Share.NONE);
            if (offset > held.offset()) {
                from.put(partition, held);
                to.put(partition, share(partition, offset, held));
            }
        });
        if (to.isEmpty()) {
            return;
        }
        append(from, to);
        committed.putAll(to);
        waiting.clear();
        bytes = 0;
        if (++commits % EXPIRE_EVERY == 0) {
            Expiry.expire(table, settings.keptSnapshots(), settings.keptFor());
        }
    }

    private Share share(int partition, long offset, Share held) {
        long generation = generations.getOrDefault(partition, 1L);
        return new Share(offset, generation, name, through.getOrDefault(partition, 0L), held.complete());
    }

    private void append(Map<Integer, Share> from, Map<Integer, Share> to) {
        String id = UUID.randomUUID().toString();
        boolean attempted = false;
        MonthlyRows written =
                new MonthlyRows(table, to.values().iterator().next().generation(), id);
        try (written) {
            for (ConsumerRecord<byte[], byte[]> record : waiting) {
                rows.of(
                        decoder.apply(record.value()),
                        one -> written.write(row.fill(record.partition(), record.offset(), one)));
            }
            List<DataFile> added = written.finish();
            attempted = true;
            committer.commit(id, from, to, (now, head) -> added(now, added));
            files += added.size();
        } finally {
            if (!attempted) {
                written.paths().forEach(table.io()::deleteFile);
            }
        }
    }

    private static SnapshotUpdate<?> added(Table table, List<DataFile> files) {
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        return append;
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
