package io.tongdao.lakehouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories with faults: a crash between any two steps of a commit, a file that fails, an index that is lost, left behind or
 * ahead, a table rolled back. After every fault the table equals the topic up to the table's own offsets.
 */
class SinkFaultsTest {
    private static final int PARTITIONS = 2;
    private static final int RECORDS = 900;
    private static final TableFeed FEED = Lake.feed("base.population", "base.population", PARTITIONS, 1, 0);
    private static final SinkSettings SETTINGS =
            SinkSettings.DEFAULT.withSmallFiles(4).withKept(3, Duration.ZERO);

    @TempDir
    Path folder;

    private Random random = new Random();
    private final List<List<ConsumerRecord<byte[], byte[]>>> topic = new ArrayList<>();
    private Lake lake;

    @AfterEach
    void close() {
        FaultyIO.heal();
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theTableEqualsTheTopicAfterEveryFault(long seed) throws IOException {
        // Given
        random = new Random(seed);
        fillTopic();
        lake = Lake.faulty(folder);
        saveIndex();

        // When
        int faults = 0;
        while (!isAtEnd(offsets())) {
            if (runUntilFault()) {
                faults++;
                assertEqualsTopic();
            }
            disturb();
        }

        // Then
        assertThat(faults).as("faults injected with seed %d", seed).isPositive();
        assertEqualsTopic();
        assertThat(duck()).isEqualTo(model(offsets()));
        assertThat(table().currentSnapshot().summary()).containsEntry("total-equality-deletes", "0");
    }

    private void fillTopic() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (long offset = 0; offset < RECORDS; offset++) {
                String key = "p" + partition + "k" + random.nextInt(120);
                records.add(
                        random.nextInt(4) == 0
                                ? Lake.delete(FEED, partition, offset, key)
                                : Lake.upsert(FEED, partition, offset, key, random.nextInt(1_000_000)));
            }
            topic.add(records);
        }
    }

    /** Runs a writer from the table's offsets until a fault or the end of the topic. */
    private boolean runUntilFault() {
        Step crashAt = Step.values()[random.nextInt(Step.values().length)];
        int crashIn = random.nextInt(6);
        int[] reached = {0};
        Step.Probe probe = step -> {
            if (step == crashAt && reached[0]++ == crashIn) {
                throw new Crash();
            }
        };
        if (random.nextBoolean()) {
            FaultyIO.failAfter(random.nextInt(400));
        }
        try (TableWriter writer = lake.open(FEED, SETTINGS, probe)) {
            while (!isAtEnd(writer.positions())) {
                writer.positions().forEach((partition, from) -> feed(writer, partition, from));
                writer.commit();
            }
            return false;
        } catch (Crash | UncheckedIOException e) {
            return true;
        } finally {
            FaultyIO.heal();
        }
    }

    private void feed(TableWriter writer, int partition, long from) {
        int to = Math.min(RECORDS, (int) from + random.nextInt(80));
        topic.get(partition).subList((int) from, to).forEach(writer::add);
    }

    /** What may happen to index and table while no writer runs. */
    private void disturb() throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> replaceIndex(null);
            case 1 -> replaceIndex(folder.resolve("saved"));
            case 2 -> saveIndex();
            case 3 -> rollBack();
            default -> lake.reopenIndexes();
        }
    }

    private void rollBack() {
        Snapshot head = lake.catalog.exists(FEED.table()) ? table().currentSnapshot() : null;
        if (head == null) {
            return;
        }
        List<Snapshot> ancestors = new ArrayList<>();
        SnapshotUtil.ancestorsOf(head.snapshotId(), table()::snapshot).forEach(ancestors::add);
        Snapshot back = ancestors.get(random.nextInt(ancestors.size()));
        table().manageSnapshots().rollbackTo(back.snapshotId()).commit();
    }

    private void saveIndex() throws IOException {
        lake.closeIndexes();
        delete(folder.resolve("saved"));
        copy(folder.resolve("index"), folder.resolve("saved"));
        lake.openIndexes();
    }

    private void replaceIndex(@Nullable Path by) throws IOException {
        lake.closeIndexes();
        delete(folder.resolve("index"));
        if (by != null) {
            copy(by, folder.resolve("index"));
        }
        lake.openIndexes();
    }

    private void assertEqualsTopic() {
        assertThat(lake.rows(FEED.table())).isEqualTo(model(offsets()));
    }

    private Map<String, Long> model(Map<Integer, Long> offsets) {
        Map<String, Long> rows = new TreeMap<>();
        offsets.forEach((partition, end) -> topic.get(partition)
                .subList(0, end.intValue())
                .forEach(record -> {
                    String key = new String(record.key(), java.nio.charset.StandardCharsets.UTF_8);
                    rows.remove(key);
                    if (record.value() != null) {
                        rows.put(key, (Long) Lake.decode(record.value()).get("score"));
                    }
                }));
        return rows;
    }

    private Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new TreeMap<>();
        Snapshot head = lake.catalog.exists(FEED.table()) ? table().currentSnapshot() : null;
        String all = head == null ? "" : head.summary().get("tongdao.offsets");
        for (String each : all.split(",")) {
            if (!each.isEmpty()) {
                offsets.put(Integer.valueOf(each.substring(0, 1)), Long.valueOf(each.substring(2)));
            }
        }
        return offsets;
    }

    private static boolean isAtEnd(Map<Integer, Long> offsets) {
        return offsets.size() == PARTITIONS && offsets.values().stream().allMatch(each -> each == RECORDS);
    }

    private Table table() {
        return lake.catalog.table(FEED.table());
    }

    private Map<String, Long> duck() {
        return LakeQuery.open(lake.catalog, TableRights.ALL)
                .query("select _key, score from base.population", result -> {
                    Map<String, Long> rows = new TreeMap<>();
                    while (result.next()) {
                        rows.put(result.getString(1), result.getLong(2));
                    }
                    return rows;
                });
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** The process dies here. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
