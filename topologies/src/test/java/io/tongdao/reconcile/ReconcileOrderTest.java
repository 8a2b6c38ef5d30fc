package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
    private static final List<String> NAMES = List.of("张三", "张 三", "张山", "李四");

    @TempDir
    Path state;

    private record Change(String topic, JsonNode json) {}

    /** What a reader of the topics holds in the end. */
    private record Result(Map<String, Object> golden, Map<String, String> open, Map<String, String> reviews) {}

    @Test
    void anyInterleavingGivesTheSame() {
        // Given
        List<Change> first = new ArrayList<>();
        List<Change> second = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            List<List<Change>> sources = new ArrayList<>();
            for (String dataset :
                    List.of(SampleProvince.HOUSEHOLD, SampleProvince.INSURANCE, SampleProvince.MARRIAGE)) {
                sources.add(changes(dataset, round, random));
            }
            sources.forEach(first::addAll);
            second.addAll(interleave(sources, random));
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

    private Result run(List<Change> changes, Way way) {
        Result result = new Result(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (int partition = 0; partition < way.partitions; partition++) {
            int own = partition;
            List<Change> part = changes.stream()
                    .filter(change -> SubjectKey.partition(
                                    change.json.get("key").asText().getBytes(StandardCharsets.UTF_8), way.partitions)
                            == own)
                    .toList();
            run(part, way, way.name + partition, result);
        }
        return result;
    }

    private void run(List<Change> changes, Way way, String name, Result result) {
        Random random = new Random(SEED);
        ReconcileDriver driver = new ReconcileDriver(
                state.resolve(name), SampleProvince.plan(), ReconcileDriver.START, way.postpone, way.manyRows);
        try {
            int done = 0;
            for (Change change : changes) {
                driver.pipe(change.topic, change.json);
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

    /** The history of one source, in its order, with a stretch that is delivered again. */
    private static List<Change> changes(String dataset, int round, Random random) {
        List<Change> changes = new ArrayList<>();
        for (int commit = 1; commit <= 6; commit++) {
            String subject = "r%03d-%d".formatted(round, random.nextInt(2));
            boolean delete = random.nextInt(4) == 0;
            changes.add(change(dataset, subject, commit, delete, random));
            if (random.nextInt(4) == 0) {
                changes.addAll(List.copyOf(changes.subList(random.nextInt(changes.size()), changes.size())));
            }
        }
        return changes;
    }

    private static Change change(String dataset, String subject, int commit, boolean delete, Random random) {
        int row = switch (dataset) {
            case SampleProvince.MARRIAGE -> random.nextInt(3);
            case SampleProvince.HOUSEHOLD -> random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
            default -> 0;
        };
        ObjectNode json = JSON.createObjectNode();
        json.put(
                "key",
                dataset.equals(SampleProvince.MARRIAGE)
                        ? subject + "|husband:" + row
                        : row == 0 ? subject : subject + "|" + row);
        json.put("row", dataset.substring(0, 2) + subject + row);
        json.put("pos", "1." + commit + ".0.0");
        if (random.nextInt(3) != 0) {
            json.put("at", ReconcileDriver.START.plusSeconds(commit).toString());
        }
        if (!delete) {
            json.set("value", value(dataset, subject, random));
        }
        return new Change("src." + dataset, json);
    }

    private static ObjectNode value(String dataset, String subject, Random random) {
        ObjectNode value = JSON.createObjectNode();
        String name = NAMES.get(random.nextInt(NAMES.size()));
        if (dataset.equals(SampleProvince.MARRIAGE)) {
            return value.put("husband_name", name)
                    .put("reg_date", 18_000 + random.nextInt(3))
                    .put("marital_status", random.nextBoolean() ? "20" : "40")
                    .put("subject_role", "husband");
        }
        value.put("citizen_id", subject).put("full_name", name);
        if (random.nextInt(4) != 0) {
            value.put("birth_date", 7_000 + random.nextInt(2)).put("gender_code", random.nextBoolean() ? "1" : "9");
        }
        if (random.nextBoolean()) {
            value.put("hukou_address", "翠湖路" + random.nextInt(3)).put("hukou_division", "53010" + random.nextInt(3));
        }
        return value;
    }

    /** Mixes the sources, each in its own order. */
    private static List<Change> interleave(List<List<Change>> sources, Random random) {
        List<List<Change>> rest = new ArrayList<>();
        sources.forEach(source -> rest.add(new ArrayList<>(source)));
        List<Change> mixed = new ArrayList<>();
        while (!rest.isEmpty()) {
            List<Change> source = rest.get(random.nextInt(rest.size()));
            if (source.isEmpty()) {
                rest.remove(source);
            } else {
                mixed.add(source.removeFirst());
            }
        }
        return mixed;
    }
}
