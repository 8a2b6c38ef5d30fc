package io.tongdao.lakehouse.maintain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.lakehouse.commit.Committer;
import io.tongdao.lakehouse.commit.LiveFile;
import io.tongdao.lakehouse.commit.RollingRows;
import io.tongdao.lakehouse.commit.RowFiles;
import io.tongdao.lakehouse.index.Entry;
import io.tongdao.lakehouse.index.KeyIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.util.SortedMerge;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites files of similar size of one Kafka partition as one, without their dead rows, and points the index at the new places. Runs
 * in the partition's writer between two batches, so nothing changes under it.
 */
public final class Compaction implements AutoCloseable {
    private static final int CHUNK = 1000;
    private static final int TIER_BITS = 2;

    private final Table table;
    private final RowFiles files;
    private final KeyIndex index;
    private final KeyIndex.Changes changes;
    private final RollingRows rows;
    private final List<LiveFile> replaced = new ArrayList<>();

    /**
     * @param generation the writer's, part of the new files' names
     * @param commit the commit's id
     * @param targetBytes size of the new files
     */
    public record Plan(int partition, long generation, String commit, long targetBytes) {}

    public Compaction(Table table, KeyIndex index, Plan plan) {
        this.table = table;
        this.files = new RowFiles(table);
        this.index = index;
        this.changes = index.change();
        this.rows = new RollingRows(
                files, files.data(plan.partition(), plan.generation(), plan.commit()), plan.targetBytes());
    }

    /**
     * The files to rewrite, if there are at least {@code many} whose live rows number alike (within a factor of four): so a row is
     * rewritten a logarithmic number of times.
     */
    public static Optional<List<LiveFile>> of(Map<String, LiveFile> live, int many) {
        Collection<List<LiveFile>> tiers = live.values().stream()
                .collect(Collectors.groupingBy(Compaction::tier))
                .values();
        return tiers.stream().filter(tier -> tier.size() >= many).findFirst();
    }

    private static int tier(LiveFile file) {
        return (Long.SIZE - Long.numberOfLeadingZeros(file.liveRows() >> 10)) / TIER_BITS;
    }

    /** Writes the live rows of the files, in key order. */
    public void rewrite(List<LiveFile> small) {
        replaced.addAll(small);
        int position = table.schema().columns().size();
        List<CloseableIterable<Place>> sorted = small.stream()
                .map(file -> CloseableIterable.transform(
                        files.rows(file), row -> Place.of(file.path(), row, row.get(position, Long.class))))
                .toList();
        List<Place> chunk = new ArrayList<>(CHUNK);
        try (CloseableIterable<Place> merged = new SortedMerge<>(Place::compare, sorted);
                CloseableIterator<Place> all = merged.iterator()) {
            while (all.hasNext()) {
                chunk.add(all.next());
                if (chunk.size() == CHUNK || !all.hasNext()) {
                    move(chunk);
                    chunk.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't rewrite files of " + table.name(), e);
        }
        rows.finish();
    }

    private void move(List<Place> places) {
        List<@Nullable Entry> held = index.find(places.stream().map(Place::key).toList());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Entry entry = held.get(i);
            if (entry == null || entry.row() != place.position || !place.path.equals(index.path(entry.file()))) {
                index.clear(); // so that the next writer builds it anew
                throw new IllegalStateException(
                        "the index of " + table.name() + " does not know a live row of " + place.path);
            }
            rows.write(place.row);
            changes.put(place.key(), entry.movedTo(changes.number(rows.path()), rows.row()));
        }
    }

    /** The change that puts the new files in the old ones' place. */
    public SnapshotUpdate<?> change(Table fresh, Committer.Head head) {
        RewriteFiles rewrite = fresh.newRewrite();
        if (head.snapshot() != null) {
            rewrite.validateFromSnapshot(head.snapshot().snapshotId());
        }
        Set<DataFile> old = new HashSet<>();
        Set<DeleteFile> vectors = new HashSet<>();
        for (LiveFile each : replaced) {
            old.add(each.file());
            if (each.vector() != null) {
                vectors.add(each.vector());
            }
        }
        return rewrite.rewriteFiles(old, vectors, new HashSet<>(rows.finish()), Set.of());
    }

    /** Takes the new places over into the index and the partition's files. */
    public void index(Snapshot snapshot, Map<String, LiveFile> live) {
        for (LiveFile each : replaced) {
            live.remove(each.path());
            changes.forget(each.path());
        }
        rows.finish().forEach(file -> live.put(file.location(), new LiveFile(file, null)));
        changes.write(snapshot.snapshotId());
    }

    @Override
    public void close() {
        changes.close();
        rows.close();
    }

    /** A live row and where it stands. */
    private record Place(String path, StructLike row, long position, byte[] key) {
        static Place of(String path, StructLike row, long position) {
            CharSequence key = Objects.requireNonNull(row.get(0, CharSequence.class), "a key");
            return new Place(path, row, position, key.toString().getBytes(UTF_8));
        }

        static int compare(Place a, Place b) {
            return Arrays.compareUnsigned(a.key, b.key);
        }
    }
}
