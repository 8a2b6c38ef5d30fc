package io.tongdao.lakehouse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.lakehouse.commit.LiveFile;
import io.tongdao.lakehouse.commit.Progress.Share;
import io.tongdao.lakehouse.commit.RollingRows;
import io.tongdao.lakehouse.index.Entry;
import io.tongdao.lakehouse.index.KeyIndex;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One Kafka partition's part of a table: its batch, index and files. Owned by one thread at a time. */
final class PartitionWriter {
    private static final String COMPLETE = SubjectKey.MARKER + "complete:";
    private static final int CHUNK = 1000;

    final int partition;
    final KeyIndex index;
    final Map<String, LiveFile> files;
    private final Batch batch = new Batch();
    private final boolean positioned;
    private final long generation;
    private final String writer;
    private final SortedSet<String> complete;
    private Share committed;
    private long next;
    private long through;

    PartitionWriter(
            int partition,
            KeyIndex index,
            Map<String, LiveFile> files,
            Share committed,
            String writer,
            boolean positioned) {
        this.partition = partition;
        this.index = index;
        this.files = files;
        this.committed = committed;
        this.generation = committed.generation() + 1;
        this.writer = writer;
        this.positioned = positioned;
        this.complete = new TreeSet<>(committed.complete());
        this.next = committed.offset();
        this.through = committed.through();
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (SubjectKey.isMarker(record.key())) {
            mark(new String(record.key(), UTF_8));
        } else {
            batch.add(record.key(), Op.of(record, positioned));
        }
        next = record.offset() + 1;
        through = Math.max(through, record.timestamp());
    }

    private void mark(String key) {
        if (key.startsWith(COMPLETE)) {
            complete.add(key.substring(COMPLETE.length()));
        }
    }

    /** Everything before {@code offset} was read; markers of transactions make gaps. */
    void advance(long offset) {
        next = Math.max(next, offset);
    }

    boolean isEmpty() {
        return batch.isEmpty() && complete.size() == committed.complete().size();
    }

    boolean moved() {
        return next > committed.offset();
    }

    int rows() {
        return batch.size();
    }

    long bytes() {
        return batch.bytes();
    }

    long position() {
        return next;
    }

    long generation() {
        return generation;
    }

    /** Backfill markers seen so far, of different source partitions. */
    int completed() {
        return complete.size();
    }

    Share committed() {
        return committed;
    }

    /** What the table says of this partition once the batch is in it. */
    Share goal() {
        return new Share(next, generation, writer, through, new TreeSet<>(complete));
    }

    /** Writes the batch's rows, marks the places that they had before, and notes the new places. */
    void stage(Target target) {
        List<byte[]> keys = batch.sortedKeys();
        for (int from = 0; from < keys.size(); from += CHUNK) {
            List<byte[]> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
            List<@Nullable Entry> held = index.find(chunk);
            for (int i = 0; i < chunk.size(); i++) {
                stage(chunk.get(i), held.get(i), target);
            }
        }
    }

    private void stage(byte[] key, @Nullable Entry held, Target target) {
        Op op = batch.decide(key, held);
        if (op == null) {
            return;
        }
        String place = held == null || held.deleted() ? null : index.path(held.file());
        if (held != null && place != null && files.containsKey(place)) {
            target.vectors().delete(place, held.row(), PartitionSpec.unpartitioned(), null);
        }
        byte[] value = op.value();
        if (value != null) {
            RollingRows rows = target.rows();
            rows.write(target.row()
                    .fill(
                            new String(key, UTF_8),
                            partition,
                            op.at(),
                            target.decoder().apply(value)));
            target.changes().put(key, op.entry(target.changes().number(rows.path()), rows.row()));
        } else if (op.pos() != null) {
            target.changes().put(key, op.entry(0, 0));
        } else {
            target.changes().remove(key);
        }
    }

    /** Where a batch goes. */
    record Target(
            RollingRows rows,
            DVFileWriter vectors,
            KeyIndex.Changes changes,
            RowShape.Row row,
            Function<byte[], GenericRecord> decoder) {}

    /** The table holds the batch. */
    void committed(Share share, List<DataFile> added) {
        added.forEach(file -> files.put(file.location(), new LiveFile(file, null)));
        committed = share;
        batch.clear();
    }

    /** A file's dead rows are now these. */
    void marked(DeleteFile vector) {
        files.computeIfPresent(vector.referencedDataFile(), (path, live) -> new LiveFile(live.file(), vector));
    }
}
