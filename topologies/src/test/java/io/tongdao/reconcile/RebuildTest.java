package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.Histories.Change;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.runtime.RebuildAck;
import io.tongdao.runtime.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage whose state was taken away finds it again in its sources and in what it wrote, and writes only what is not as it was. */
class RebuildTest {
    private static final int ROUNDS = 80;
    private static final long SEED = 20261130;
    private static final List<String> WRITTEN =
            List.of("base.population", "flag.discrepancy", "flag.review", "ctl.apart.person");

    @TempDir
    Path state;

    private ReconcileDriver driver;

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void theSameSourcesSayNothingAgain() {
        // Given
        List<Change> history = begun();
        Map<String, Integer> before = sizes();
        List<Change> left = Histories.compacted(history);

        // When
        driver = driver.begunAnew(state.resolve("second"));
        driver.sow();
        read(left, new Random(SEED));
        Map<String, Integer> held = sizes();
        driver.go();
        for (int step = 0; step < 5; step++) {
            driver.pass(Duration.ofMinutes(1));
        }

        // Then
        assertThat(before.values()).as("each has something").doesNotContain(0);
        assertThat(held)
                .as("nothing is written before all tasks have read everything")
                .isEqualTo(before);
        assertThat(sizes()).isEqualTo(before);
        assertThat(acks()).containsExactly("organisation-0 2", "person-0 2");
    }

    @Test
    void whatFollowsFromTheSourcesNowIsWrittenOnceAndTheRestStaysAsItWas() {
        // Given
        List<Change> history = begun();
        Map<String, Integer> before = sizes();
        Map<String, Discrepancy> told = driver.discrepancies();
        Random random = new Random(SEED);
        List<Change> left = Histories.compacted(history);
        left.removeIf(change -> random.nextInt(5) == 0);

        // When
        driver = driver.begunAnew(state.resolve("second"));
        read(left.subList(0, left.size() / 2), random);
        driver.sow();
        driver = driver.restart(state.resolve("third"), driver.plan());
        read(left.subList(left.size() / 2, left.size()), random);
        assertThat(sizes()).isEqualTo(before);
        driver.go();
        driver.pass(Duration.ofMillis(100));
        driver = driver.restart(state.resolve("fourth"), driver.plan());
        driver.pass(Duration.ofMinutes(1));

        // Then
        Map<String, Object> golden = driver.goldens("base.population");
        Map<String, Discrepancy> now = driver.discrepancies();
        Collection<String> reviews = standing();
        assertThat(golden).hasSizeLessThan(2 * ROUNDS);
        assertNewerVersions(before.get("base.population"));
        now.forEach((key, one) -> {
            Discrepancy old = told.get(key);
            if (one.stands() && old != null && old.stands() && old.valueSet().equals(one.valueSet())) {
                assertThat(one.since()).isEqualTo(old.since());
            }
        });
        // When: nothing but what is left
        driver.close();
        driver = new ReconcileDriver(state.resolve("plain"));
        read(left, random);
        driver.pass(Duration.ofMinutes(1));
        // Then
        assertThat(undated(golden)).isEqualTo(undated(driver.goldens("base.population")));
        assertThat(valueSets(now)).isEqualTo(valueSets(driver.discrepancies()));
        assertThat(reviews).isEqualTo(standing());
    }

    @Test
    void anObjectionAndSinceWhenAreThereAgain() {
        // Given
        driver = new ReconcileDriver(state.resolve("first"), RuleProvince.plan(), ReconcileDriver.START);
        List<Change> said = List.of(
                new Change("src.a.x", RuleProvince.change(RuleProvince.A, "S", 1, 1, "amount", 5, "slow", "1")),
                new Change("src.b.x", RuleProvince.change(RuleProvince.B, "S", 2, 1, "amount", 9, "slow", "2")));
        said.forEach(change -> driver.pipe(change.topic(), change.json()));
        driver.pass(RuleProvince.GRACE.plusSeconds(2));
        Objection objection = new Objection("o1", "S", "ruled", "amount", "S", "不是我的", ReconcileDriver.START);
        driver.order(Names.objections(SubjectKind.PERSON), "S|ruled|amount", Objection.FORMAT.encode(objection));
        Map<String, Discrepancy> told = driver.discrepancies();
        int records = driver.read("flag.discrepancy").size();

        // When
        driver = driver.begunAnew(state.resolve("second"));
        driver.order(Names.objections(SubjectKind.PERSON), "S|ruled|amount", Objection.FORMAT.encode(objection));
        driver.sow();
        said.forEach(change -> driver.pipe(change.topic(), change.json()));
        driver.go();
        driver.pass(Duration.ofSeconds(2));

        // Then
        assertThat(told.get("S|ruled|amount").objected()).isTrue();
        assertThat(told).containsKeys("S|ruled|amount", "S|ruled|slow");
        assertThat(driver.read("flag.discrepancy")).hasSize(records);
        // When: it is settled
        driver.pipe("src.b.x", RuleProvince.change(RuleProvince.B, "S", 7, 1, "amount", 5, "slow", "1"));
        // Then
        assertThat(driver.discrepancies().get("S|ruled|slow").stands()).isFalse();
        assertThat(driver.discrepancies().get("S|ruled|slow").since())
                .isEqualTo(told.get("S|ruled|slow").since());
    }

    @Test
    void whatAnotherGenerationOrStageWasToldIsNotHeeded() {
        // Given
        List<Change> history = begun();
        Map<String, Integer> before = sizes();
        driver = driver.begunAnew(state.resolve("second"));
        driver.sow();

        // When
        for (Seed other : List.of(new Seed.Go(1, ReconcileStage.NAME), new Seed.Go(2, "compose"))) {
            driver.order(Names.seeds(SubjectKind.PERSON), "S", other.encode());
        }
        read(Histories.compacted(history), new Random(SEED));
        driver.pass(Duration.ofMinutes(1));

        // Then
        assertThat(sizes()).isEqualTo(before);
        assertThat(acks()).isEmpty();
    }

    private List<Change> begun() {
        driver = new ReconcileDriver(state.resolve("first"));
        List<Change> history = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            history.addAll(Histories.interleave(Histories.sources(round, random), random));
        }
        history.forEach(change -> driver.pipe(change.topic(), change.json()));
        driver.pass(Duration.ofMinutes(1));
        return history;
    }

    /** Independent sources come in any order. */
    private void read(List<Change> changes, Random random) {
        Map<String, List<Change>> byTopic = changes.stream()
                .collect(Collectors.groupingBy(Change::topic, TreeMap::new, Collectors.toCollection(ArrayList::new)));
        Histories.interleave(List.copyOf(byTopic.values()), random)
                .forEach(change -> driver.pipe(change.topic(), change.json()));
    }

    private Map<String, Integer> sizes() {
        return WRITTEN.stream()
                .collect(Collectors.toMap(
                        topic -> topic, topic -> driver.read(topic).size()));
    }

    private List<String> acks() {
        return driver.read(Names.STAGES).stream()
                .map(record -> RebuildAck.FORMAT.decode(record.value()))
                .map(ack -> ack.part() + " " + ack.generation())
                .sorted()
                .toList();
    }

    private void assertNewerVersions(int from) {
        List<TestRecord<byte[], byte[]>> all = driver.read("base.population");
        List<TestRecord<byte[], byte[]>> fresh = all.subList(from, all.size());
        assertThat(fresh).isNotEmpty();
        assertThat(fresh).anyMatch(record -> record.value() == null);
        assertThat(fresh)
                .allSatisfy(record -> assertThat(Lineage.ver(record.headers())).isEqualTo(new Ver(2, 1)));
    }

    private Collection<String> standing() {
        return driver.reviews().entrySet().stream()
                .filter(entry -> entry.getValue().stands())
                .map(entry -> entry.getKey() + entry.getValue().compared())
                .toList();
    }

    private static Map<String, String> valueSets(Map<String, Discrepancy> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().stands())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().valueSet()));
    }

    /** Of each source only who it is: since when it says so may be told from before the rebuild. */
    private static Map<String, Object> undated(Map<String, Object> golden) {
        Map<String, Object> undated = new TreeMap<>();
        golden.forEach((key, record) -> {
            Map<String, Object> items = new TreeMap<>();
            ((Map<?, ?>) record).forEach((item, value) -> items.put(Objects.toString(item), value));
            Map<String, String> sources = new TreeMap<>();
            ((Map<?, ?>) items.get("_sources"))
                    .forEach((item, source) -> sources.put(
                            Objects.toString(item), source.toString().replaceAll("[0-9]+\\..*?( |$)|20\\d\\d-.*", "")));
            items.put("_sources", sources);
            undated.put(key, items);
        });
        return undated;
    }
}
