package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.dispute.Ruling;
import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.runtime.Postponed.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over all kinds of rules: whatever the order in which independent sources, objections and rulings arrive, whatever a source delivers again,
 * in one, three or eight partitions, with restarts: the same golden records and the same open discrepancies (history aside).
 */
class RuleOrderTest {
    private static final int ROUNDS = 200;
    private static final long SEED = 20261129;
    private static final List<String> VALUES = List.of("0", "1", "2", "W");

    @TempDir
    Path state;

    /** One record for the topology: of a source, or something said about a golden record. */
    private record Input(String topic, String key, JsonNode json, byte[] value) {
        void into(ReconcileDriver driver) {
            if (json == null) {
                driver.order(topic, key, value);
            } else {
                driver.pipe(topic, json);
            }
        }
    }

    private record Result(Map<String, Object> golden, Map<String, String> open) {}

    @Test
    void anyOrderAnyPartitionsAnyRestartsGiveTheSame() {
        // Given
        List<List<List<Input>>> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            List<List<Input>> sources = new ArrayList<>();
            for (String dataset : RuleProvince.ALL) {
                sources.add(changes(dataset, round, random));
            }
            rounds.add(sources);
        }
        orders(rounds);

        // When
        Result one = run(inOrder(rounds), 1, "one", 0);
        Result three = run(mixed(rounds, 1), 3, "three", 3);
        Result eight = run(mixed(rounds, 2), 8, "eight", 2);

        // Then
        assertThat(one.golden).as("seed %d + round", SEED).hasSizeGreaterThan(ROUNDS);
        assertThat(one.open).hasSizeGreaterThan(ROUNDS);
        assertThat(three).isEqualTo(one);
        assertThat(eight).isEqualTo(one);
    }

    /** People object and rule about a third of what a first run finds; each of them is a source of its own. */
    private void orders(List<List<List<Input>>> rounds) {
        Random random = new Random(SEED);
        Map<String, Discrepancy> found;
        try (ReconcileDriver driver = driver("found")) {
            inOrder(rounds).forEach(input -> input.into(driver));
            driver.pass(Duration.ofDays(2));
            found = driver.discrepancies();
        }
        for (Discrepancy about : found.values()) {
            List<List<Input>> round =
                    rounds.get(Integer.parseInt(about.subject().substring(1, 4)));
            String objection = "o" + about.key();
            if (random.nextInt(6) == 0 && !about.check()) {
                byte[] value = Objection.FORMAT.encode(new Objection(
                        objection, about.subject(), about.base(), about.item(), "x", "", ReconcileDriver.START));
                round.add(List.of(new Input(Names.objections(SubjectKind.PERSON), about.key(), null, value)));
            }
            if (random.nextInt(3) == 0) {
                Decision how = Decision.values()[random.nextInt(about.check() ? 2 : 3)];
                byte[] value = Ruling.FORMAT.encode(new Ruling(
                        about.subject(),
                        about.base(),
                        about.item(),
                        how,
                        about.valueSet(),
                        about.leading(),
                        about.sources().getLast(),
                        random.nextBoolean() ? objection : null,
                        "x",
                        "",
                        ReconcileDriver.START));
                round.add(List.of(new Input(Names.rulings(SubjectKind.PERSON), about.key(), null, value)));
            }
        }
    }

    private ReconcileDriver driver(String name) {
        int manyRows = name.startsWith("three") ? 1 : name.startsWith("eight") ? 2 : Integer.MAX_VALUE;
        return new ReconcileDriver(
                state.resolve(name), RuleProvince.plan(), ReconcileDriver.START, Patience.NONE, manyRows);
    }

    private Result run(List<Input> inputs, int partitions, String name, int restarts) {
        Map<String, Object> golden = new TreeMap<>();
        Map<String, String> open = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            int own = partition;
            List<Input> part = inputs.stream()
                    .filter(input ->
                            SubjectKey.partition(input.key.getBytes(StandardCharsets.UTF_8), partitions) == own)
                    .toList();
            run(part, name + partition, restarts, golden, open);
        }
        return new Result(golden, open);
    }

    private void run(
            List<Input> inputs, String name, int restarts, Map<String, Object> golden, Map<String, String> open) {
        ReconcileDriver driver = driver(name);
        try {
            int done = 0;
            for (Input input : inputs) {
                input.into(driver);
                if (restarts > 0 && ++done % (inputs.size() / (restarts + 1) + 1) == 0) {
                    driver.pass(Duration.ofHours(5));
                    driver = driver.restart(state.resolve(name + "-" + done), RuleProvince.plan());
                }
            }
            driver.pass(Duration.ofDays(2));
            driver.pass(Duration.ofSeconds(2));
            golden.putAll(driver.goldens(RuleProvince.GOLDEN));
            driver.discrepancies().forEach((key, told) -> {
                if (told.stands()) {
                    open.put(key, said(told));
                }
            });
        } finally {
            driver.close();
        }
    }

    /** All of it but history. */
    private static String said(Discrepancy told) {
        return String.join(
                " ",
                told.state(),
                told.sources().toString(),
                told.addressees().toString(),
                told.settler(),
                told.valueSet(),
                String.valueOf(told.leading()),
                Boolean.toString(told.objected()));
    }

    /** The history of one source, in its order, with stretches that are delivered again. */
    private static List<Input> changes(String dataset, int round, Random random) {
        List<Input> changes = new ArrayList<>();
        for (int commit = 1; commit <= 6; commit++) {
            String subject = "r%03d-%d".formatted(round, random.nextInt(2));
            boolean rows = dataset.equals(RuleProvince.C);
            String key = rows ? subject + "|" + random.nextInt(3) : subject;
            changes.add(new Input("src." + dataset, key, change(dataset, key, commit, random), null));
            if (random.nextInt(4) == 0) {
                changes.addAll(List.copyOf(changes.subList(random.nextInt(changes.size()), changes.size())));
            }
        }
        return changes;
    }

    private static ObjectNode change(String dataset, String key, int commit, Random random) {
        List<Object> values = new ArrayList<>();
        for (String item : RuleProvince.ITEMS) {
            if (random.nextInt(4) != 0) {
                values.add(item);
                values.add(
                        item.equals("amount")
                                ? (Object) random.nextInt(4)
                                : VALUES.get(random.nextInt(item.equals("led") ? 4 : 3)));
            }
        }
        ObjectNode change = RuleProvince.change(dataset, key, commit, 20_000 + random.nextInt(5), values.toArray());
        if (random.nextInt(5) == 0) {
            change.putNull("value");
        }
        return change;
    }

    private static List<Input> inOrder(List<List<List<Input>>> rounds) {
        return rounds.stream().flatMap(List::stream).flatMap(List::stream).toList();
    }

    /** Mixes the sources of all rounds, each in its own order. */
    private static List<Input> mixed(List<List<List<Input>>> rounds, int seed) {
        Random random = new Random(SEED + seed);
        List<List<Input>> rest = new ArrayList<>();
        rounds.forEach(round -> round.forEach(source -> rest.add(new ArrayList<>(source))));
        List<Input> mixed = new ArrayList<>();
        while (!rest.isEmpty()) {
            int at = random.nextInt(rest.size());
            if (rest.get(at).isEmpty()) {
                rest.remove(at);
            } else {
                mixed.add(rest.get(at).removeFirst());
            }
        }
        return mixed;
    }
}
