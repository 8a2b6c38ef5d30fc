package io.tongdao.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories against a model that knows only what stands in the end: whatever the interleaving of sources and of letters, the number of
 * partitions, the size of slices and the restarts, the tables are those that the catalogue defines.
 */
class ComposeModelTest {
    private static final long SEED = Long.getLong("compose.seed", 20260301);
    private static final int CASES = 120;
    private static final int STEPS = 90;

    @TempDir
    Path directory;

    /** Partitions of persons and of organisations. */
    private record Shape(int persons, int organisations) {}

    @TestFactory
    Stream<DynamicTest> tablesAreWhatTheCatalogueDefines() {
        return Stream.of(new Shape(1, 1), new Shape(3, 3), new Shape(8, 8), new Shape(8, 3), new Shape(1, 8))
                .flatMap(shape -> {
                    Plan plan = ThemeCatalogue.plan(
                            directory.resolve(shape.toString()), shape.persons(), shape.organisations());
                    WireFormat wire = ThemeCatalogue.wire(plan);
                    return IntStream.range(0, CASES / 5).mapToObj(i -> {
                        long seed = SEED + 1_000L * shape.persons() + 100_000L * shape.organisations() + i;
                        return DynamicTest.dynamicTest(shape + " seed " + seed, () -> history(plan, wire, seed));
                    });
                });
    }

    private static void history(Plan plan, WireFormat wire, long seed) {
        // Given
        World world = new World(seed, STEPS);
        Random chance = new Random(seed);
        Tasks tasks = new Tasks(plan, wire, 1 + chance.nextInt(4), chance);

        // When
        world.topics.forEach(tasks::feed);
        tasks.run(chance.nextBoolean());

        // Then
        assertThat(tasks.tables()).as("seed %d", seed).isEqualTo(world.tables());
        eachVersionSaysSomethingNew(tasks, seed);
    }

    /** Whoever is protected, and whenever: what stands in the end is as if what is hidden had never been there. */
    @TestFactory
    Stream<DynamicTest> whatIsProtectedLeavesNoTrace() {
        return Stream.of(new Shape(1, 1), new Shape(3, 8)).flatMap(shape -> {
            Plan plan = ThemeCatalogue.plan(
                    directory.resolve("protected " + shape), shape.persons(), shape.organisations());
            WireFormat wire = ThemeCatalogue.wire(plan);
            return IntStream.range(0, 40)
                    .mapToObj(i -> DynamicTest.dynamicTest(shape + " seed " + (SEED + i), () -> {
                        // Given
                        World world = new World(SEED + i, STEPS).protecting();
                        Random chance = new Random(SEED + i);
                        Tasks tasks = new Tasks(plan, wire, 1 + chance.nextInt(4), chance);

                        // When
                        world.topics.forEach(tasks::feed);
                        tasks.decide(world.decisions);
                        tasks.run(chance.nextBoolean());

                        // Then
                        assertThat(tasks.tables()).isEqualTo(world.tables());
                        world.hidden.forEach(
                                one -> assertThat(tasks.tables().toString()).doesNotContain(one));
                        eachVersionSaysSomethingNew(tasks, SEED + i);
                    }));
        });
    }

    /** A row that is about somebody else is in no table and in no figure, whenever that is said and taken back. */
    @TestFactory
    Stream<DynamicTest> whatIsToldApartStandsBesideNobody() {
        return Stream.of(new Shape(1, 1), new Shape(8, 3)).flatMap(shape -> {
            Plan plan =
                    ThemeCatalogue.plan(directory.resolve("apart " + shape), shape.persons(), shape.organisations());
            WireFormat wire = ThemeCatalogue.wire(plan);
            return IntStream.range(0, 40)
                    .mapToObj(i -> DynamicTest.dynamicTest(shape + " seed " + (SEED + i), () -> {
                        // Given
                        World world = new World(SEED + i, STEPS).tellingApart(World.INSURANCE);
                        Random chance = new Random(SEED + i);
                        Tasks tasks = new Tasks(plan, wire, 1 + chance.nextInt(4), chance);

                        // When
                        world.topics.forEach(tasks::feed);
                        tasks.apart(world.apart);
                        tasks.run(chance.nextBoolean());

                        // Then
                        assertThat(world.apart).isNotEmpty();
                        assertThat(tasks.tables()).as("seed %d", SEED + i).isEqualTo(world.tables());
                        eachVersionSaysSomethingNew(tasks, SEED + i);
                    }));
        });
    }

    /** A table that comes by the catalogue alone is filled from state, and those that were there are not written again. */
    @TestFactory
    Stream<DynamicTest> aNewTableIsFilledFromStateAndOthersStay() {
        return IntStream.range(0, 20)
                .mapToObj(i -> DynamicTest.dynamicTest("seed " + (SEED + i), () -> {
                    // Given
                    long seed = SEED + i;
                    Path base = directory.resolve("new-" + i);
                    Plan before = ThemeCatalogue.plan(base.resolve("before"), 3, 8, Set.of("wuhua_insured.yaml"));
                    Plan after = ThemeCatalogue.plan(base.resolve("after"), 3, 8);
                    WireFormat wire = ThemeCatalogue.wire(after);
                    World world = new World(seed, STEPS).tellingApart(World.MARRIAGE);
                    Random chance = new Random(seed);
                    Tasks old = new Tasks(before, wire, 3, chance);
                    old.apart(world.apart);
                    List<String> known = Tables.topics(before).stream().toList();
                    known.forEach(topic -> old.feed(topic, world.topics.get(topic)));
                    old.run(true);

                    // When
                    Tasks tasks = old.under(after, wire);
                    world.topics.forEach((topic, records) -> {
                        if (!known.contains(topic)) {
                            tasks.feed(topic, records);
                        }
                    });
                    tasks.run(true);

                    // Then
                    assertThat(known).contains(World.INSURANCE).doesNotContain(World.ENTERPRISE, World.MARRIAGE);
                    var expected = world.tables();
                    tasks.tables().forEach((topic, rows) -> {
                        if (before.themes().values().stream()
                                .noneMatch(theme -> theme.topic().name().equals(topic))) {
                            assertThat(rows).as(topic + " seed %d", seed).isEqualTo(expected.get(topic));
                        } else {
                            assertThat(tasks.written.get(topic))
                                    .as(topic + " is not written again")
                                    .isEmpty();
                        }
                    });
                }));
    }

    /** Without its state the stage finds it again in its sources, and writes only what is not as its tables have it. */
    @TestFactory
    Stream<DynamicTest> aRebuildWritesWhatIsNotAsItWas() {
        return Stream.of(new Shape(1, 1), new Shape(3, 8)).flatMap(shape -> {
            Plan plan =
                    ThemeCatalogue.plan(directory.resolve("rebuilt " + shape), shape.persons(), shape.organisations());
            WireFormat wire = ThemeCatalogue.wire(plan);
            return IntStream.range(0, 30)
                    .mapToObj(i -> DynamicTest.dynamicTest(
                            shape + " seed " + (SEED + i), () -> rebuild(plan, wire, SEED + i, i % 2 == 0)));
        });
    }

    private static void rebuild(Plan plan, WireFormat wire, long seed, boolean more) {
        // Given
        World world = new World(seed, STEPS).protecting();
        Random chance = new Random(seed);
        Tasks old = new Tasks(plan, wire, 1 + chance.nextInt(4), chance);
        world.topics.forEach((topic, records) ->
                old.feed(topic, more ? records.subList(0, records.size() / 2) : records));
        old.decide(world.decisions);
        old.run(chance.nextBoolean());

        // When
        Tasks tasks = old.begunAnew();
        world.topics.forEach(tasks::feed);
        tasks.decide(world.decisions);
        tasks.run(chance.nextBoolean());
        boolean silent = tasks.written.values().stream().allMatch(Map::isEmpty);
        tasks.go();
        tasks.run(chance.nextBoolean());

        // Then
        assertThat(silent).as("nothing before all have read everything").isTrue();
        var standing = old.tables();
        tasks.written.forEach((topic, keys) -> keys.forEach((key, rows) -> {
            assertThat(rows.getFirst().ver().generation()).isEqualTo(2);
            if (rows.getLast().row() == null) {
                standing.get(topic).remove(key);
            } else {
                standing.get(topic).put(key, rows.getLast().row());
            }
        }));
        assertThat(standing).as("seed %d", seed).isEqualTo(world.tables());
        if (!more) {
            assertThat(tasks.written.values())
                    .as("the same sources, seed %d", seed)
                    .allMatch(Map::isEmpty);
        }
        assertThat(tasks.rebuilt()).isEqualTo(tasks.count());
    }

    private static void eachVersionSaysSomethingNew(Tasks tasks, long seed) {
        tasks.written.forEach((topic, keys) -> keys.forEach((key, rows) -> {
            int home = SubjectKey.partition(key.getBytes(StandardCharsets.UTF_8), tasks.partitions(topic));
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).partition()).isEqualTo(home);
                if (i > 0) {
                    assertThat(rows.get(i).ver())
                            .as("seed %d", seed)
                            .isGreaterThan(rows.get(i - 1).ver());
                    assertThat(Objects.equals(rows.get(i).row(), rows.get(i - 1).row()))
                            .as("%s was written twice with the same, seed %d", topic, seed)
                            .isFalse();
                }
            }
        }));
    }
}
