package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.runtime.Postponed.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the order in which independent sources arrive, whatever a source delivers again after a crash, in one, three or eight partitions, with
 * restarts, and whether subjects wait for more of what snapshots read: the same golden records, the same open discrepancies (since-when
 * aside), and the same rows told apart.
 */
class ReconcileOrderTest {
    private static final int ROUNDS = 200;
    private static final long SEED = 20260301;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    /** What a reader of the topics holds in the end. */
    private record Result(Map<String, Object> golden, Map<String, String> open, Map<String, String> reviews) {}

    @Test
    void anyInterleavingGivesTheSame() {
        // Given
        List<Histories.Change> first = new ArrayList<>();
        List<Histories.Change> second = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            List<List<Histories.Change>> sources = Histories.sources(round, random);
            sources.forEach(first::addAll);
            second.addAll(Histories.interleave(sources, random));
        }

        // When
        Result one = run(first, new Way("one", 1, 0, Patience.NONE, Integer.MAX_VALUE));
        Patience some = new Patience(Duration.ofMillis(300), Duration.ofSeconds(30));
        Result other = run(second, new Way("other", 1, 0, some, 1));
        Result three = run(second, new Way("three", 3, 3, some, 1));
        Result eight = run(second, new Way("eight", 8, 2, Patience.NONE, 2));

        // Then
        assertThat(one.golden)
                .as("subjects begin with their round; seed %d + round", SEED)
                .hasSizeGreaterThan(ROUNDS);
        assertThat(one.open).hasSizeGreaterThan(ROUNDS / 4);
        assertThat(one.reviews).hasSizeGreaterThan(ROUNDS / 8);
        assertThat(other).isEqualTo(one);
        assertThat(three).isEqualTo(one);
        assertThat(eight).isEqualTo(one);
    }

    /**
     * @param partitions each a task of its own
     * @param restarts of each task, on another machine
     */
    private record Way(String name, int partitions, int restarts, Patience postpone, int manyRows) {}

    private Result run(List<Histories.Change> changes, Way way) {
        Result result = new Result(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (int partition = 0; partition < way.partitions; partition++) {
            int own = partition;
            List<Histories.Change> part = changes.stream()
                    .filter(change -> SubjectKey.partition(
                                    change.json().get("key").asText().getBytes(StandardCharsets.UTF_8), way.partitions)
                            == own)
                    .toList();
            run(part, way, way.name + partition, result);
        }
        return result;
    }

    private void run(List<Histories.Change> changes, Way way, String name, Result result) {
        Random random = new Random(SEED);
        ReconcileDriver driver = new ReconcileDriver(
                state.resolve(name), SampleProvince.plan(), ReconcileDriver.START, way.postpone, way.manyRows);
        try {
            int done = 0;
            for (Histories.Change change : changes) {
                driver.pipe(change.topic(), change.json());
                if (random.nextInt(20) == 0) {
                    driver.pass(Duration.ofMillis(random.nextInt(500)));
                }
                if (way.restarts > 0 && ++done % (changes.size() / (way.restarts + 1) + 1) == 0) {
                    driver = driver.restart(state.resolve(name + "-" + done), SampleProvince.plan());
                }
            }
            driver.pass(Duration.ofMinutes(1));
            collect(driver, result);
        } finally {
            driver.close();
        }
    }

    private static void collect(ReconcileDriver driver, Result result) {
        for (TestRecord<byte[], byte[]> record : driver.read("base.population")) {
            String key = ReconcileDriver.text(record.key());
            result.golden.remove(key);
            if (record.value() != null) {
                result.golden.put(key, driver.golden("base.population", record.value()));
            }
        }
        for (TestRecord<byte[], byte[]> record : driver.read("flag.discrepancy")) {
            flag(result.open, ReconcileDriver.text(record.key()), record.value());
        }
        driver.reviews().forEach((key, told) -> {
            if (told.stands()) {
                result.reviews.put(key, told.leader() + " " + told.addressees() + " " + told.compared());
            }
        });
    }

    private static void flag(Map<String, String> open, String key, byte[] value) {
        try {
            ObjectNode flag = (ObjectNode) JSON.readTree(value, 1, value.length - 1);
            open.remove(key);
            if (flag.get("state").asText().equals("open")) {
                open.put(
                        key, flag.without(List.of("since", "first", "reopened")).toString());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
