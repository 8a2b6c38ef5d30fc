package io.tongdao.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.grant.GrantCommand.Verb;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.runtime.DurableNames;
import io.tongdao.runtime.StreamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseTopologyTest {
    private static final Path CASES = Path.of("src/test/resources/release");

    @TempDir
    Path state;

    static Stream<String> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void releasesWhatTheCaseSays(String name) throws IOException {
        // Given
        Path folder = CASES.resolve(name);
        Set<String> used = new HashSet<>();
        Map<String, String> expected = new TreeMap<>();
        for (Path file : files(folder, "out-")) {
            String topic = file.getFileName().toString();
            used.add(topic);
            expected.put(topic.substring(4, topic.length() - ".jsonl".length()), text(ReleaseCase.lines(file)));
        }
        // When
        Map<String, String> actual = new TreeMap<>();
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.run(folder, used).forEach((topic, lines) -> actual.put(topic, text(lines)));
        }
        // Then
        assertThat(actual).isEqualTo(expected);
        assertThat(files(folder, "").stream().map(f -> f.getFileName().toString()))
                .allMatch(used::contains);
    }

    @Test
    void neverOlderOverNewerWhileABackfillRuns() throws IOException {
        // Given
        var household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
        var grant = ReleaseCase.grant(Files.readString(CASES.resolve("token-grants/grant-yb-names.json")));
        int people = Backfill.PIECE * 2 + 10;
        try (ReleaseCase run = new ReleaseCase(state)) {
            for (int n = 0; n < people; n++) {
                run.row(
                        household,
                        key(n),
                        JsonNodeFactory.instance.objectNode().put("gender_code", "1"),
                        new Pos(1, 1, n, 0));
            }
            run.order(Verb.START, grant);
            run.tick();
            // When
            for (int n = 0; n < people; n += 400) {
                run.row(
                        household,
                        key(n),
                        JsonNodeFactory.instance.objectNode().put("gender_code", "2"),
                        new Pos(1, 2, n, 0));
            }
            for (int tick = 0; tick < 4; tick++) {
                run.tick();
            }
            // Then
            Map<String, String> copy = new TreeMap<>();
            List<JsonNode> lines = run.out().get(grant.topic());
            lines.forEach(line -> copy.put(
                    line.get("key").asText(), line.at("/value/gender_code").asText()));
            assertThat(copy.keySet().stream().filter(k -> !k.startsWith("!"))).hasSize(people);
            assertThat(copy.values().stream().filter("2"::equals)).hasSize((people + 399) / 400);
            assertThat(lines.getLast().get("key").asText()).startsWith("!complete:");
        }
    }

    @Test
    void theLedgerHasWhatEachGrantsTopicHas() throws IOException {
        // Given
        var household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
        var grant = ReleaseCase.grant(Files.readString(CASES.resolve("token-grants/grant-yb-names.json")));
        try (ReleaseCase run = new ReleaseCase(state)) {
            int people = Backfill.PIECE + 10;
            for (int n = 0; n < people; n++) {
                run.row(
                        household,
                        key(n),
                        JsonNodeFactory.instance.objectNode().put("gender_code", "1"),
                        new Pos(1, 1, n, 0));
            }
            // When
            run.order(Verb.START, grant);
            run.tick();
            run.tick();
            run.row(household, key(0), null, new Pos(1, 2, 0, 0));
            run.order(Verb.STOP, grant);
            run.row(household, key(1), null, new Pos(1, 3, 0, 0));
            run.pass(Duration.ofMinutes(2));
            // Then
            long released = run.out().get(grant.topic()).stream()
                    .filter(line -> !line.get("key").asText().startsWith("!"))
                    .count();
            assertThat(released).isEqualTo(people + 1);
            assertThat(sum(run.ledger(ReleaseLedger.WINDOWS))).isEqualTo(released);
            assertThat(run.ledger(ReleaseLedger.SUBJECTS).stream()
                            .map(page -> (List<?>) page.get(ReleaseLedger.SUBJECTS_OF))
                            .mapToLong(ReleaseTopologyTest::sum)
                            .sum())
                    .isEqualTo(released);
        }
    }

    private static long sum(List<?> entries) {
        return entries.stream()
                .map(GenericRecord.class::cast)
                .mapToLong(
                        entry -> (Long) entry.get(ReleaseLedger.RECORDS) + (Long) entry.get(ReleaseLedger.TOMBSTONES))
                .sum();
    }

    @Test
    void anEpochHasTheTokensOfTheVersionThatItWasOrderedWith() throws IOException {
        // Given
        var household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
        var grant = ReleaseCase.grant(Files.readString(CASES.resolve("token-grants/grant-yb-names.json")));
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.row(
                    household,
                    key(1),
                    JsonNodeFactory.instance.objectNode().put("gender_code", "1"),
                    new Pos(1, 1, 1, 0));
            // When
            run.order(Verb.START, grant);
            run.tick();
            run.order(Verb.STOP, grant);
            run.order(Verb.START, grant.atEpoch(2), 2);
            run.tick();
            // Then
            Map<String, List<JsonNode>> out = run.out();
            String first = out.get(grant.topic()).getFirst().get("key").asText();
            String second = out.get(grant.topic(2)).getFirst().get("key").asText();
            assertThat(first).startsWith("t1:");
            assertThat(second).startsWith("t2:").doesNotEndWith(first.substring("t1:".length()));
        }
    }

    @Test
    void anEpochWhoseKeyIsGoneReleasesNothingAndSaysWhy() throws IOException {
        // Given
        var household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
        var grant = ReleaseCase.grant(Files.readString(CASES.resolve("token-grants/grant-yb-names.json")));
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.row(
                    household,
                    key(1),
                    JsonNodeFactory.instance.objectNode().put("gender_code", "1"),
                    new Pos(1, 1, 1, 0));
            // When
            run.order(Verb.START, grant, ReleaseCase.GONE);
            run.tick();
            // Then
            Map<String, List<JsonNode>> out = run.out();
            assertThat(out).doesNotContainKey(grant.topic());
            assertThat(out.get(io.tongdao.contract.topic.Names.ACKS))
                    .allMatch(ack -> ack.get("state").asText().equals("FAILED"));
        }
    }

    @Test
    void aPrimaryKeyThatTellsRowsApartIsNeverShown() throws IOException {
        // Given
        var household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
        var grant = ReleaseCase.grant(Files.readString(CASES.resolve("token-grants/grant-yb-names.json")));
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.order(Verb.START, grant);
            run.tick();
            // When
            for (String row : List.of("530102900307123", "8")) {
                run.row(
                        household,
                        key(1) + "|" + row,
                        JsonNodeFactory.instance.objectNode().put("gender_code", "1"),
                        new Pos(1, 1, 1, 0));
            }
            // Then
            List<String> keys = run.out().get(grant.topic()).stream()
                    .map(line -> line.get("key").asText())
                    .filter(key -> !key.startsWith("!"))
                    .toList();
            assertThat(keys).hasSize(2).doesNotHaveDuplicates().allMatch(key -> key.contains("|"));
            assertThat(keys).noneMatch(key -> key.contains("530102900307123") || key.endsWith("|8"));
        }
    }

    @Test
    void whatIsProtectedIsWithdrawnAsIfDeletedAndOnlyItsOwnAgencyHasIt() throws IOException {
        // Given
        var household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
        String others = Files.readString(CASES.resolve("token-grants/grant-yb-names.json"));
        var shared = ReleaseCase.grant(others);
        var own = ReleaseCase.grant(others.replace("yb", "ga"));
        String mother = "530102199003071238";
        Protection protection = new Protection(
                Protection.Of.SUBJECT,
                mother,
                "",
                "",
                "",
                Protection.Ground.PROTECTED_PERSON,
                "刑事诉讼法 64",
                "authority",
                "证人",
                Instant.EPOCH,
                null);
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.order(Verb.START, shared);
            run.order(Verb.START, own);
            run.tick();
            run.row(household, mother, names("母亲", null), new Pos(1, 1, 0, 0));
            run.row(household, key(1), names("孩子", mother), new Pos(1, 1, 1, 0));
            run.row(household, key(2), names("他人", null), new Pos(1, 1, 2, 0));
            Map<String, List<JsonNode>> before = run.out();
            // When
            run.decide(protection);
            run.tick();
            run.row(household, mother, names("新名", null), new Pos(1, 2, 0, 0));
            Map<String, List<JsonNode>> during = run.out();
            run.decide(protection.lift("authority", "解除", Instant.EPOCH.plusSeconds(1)));
            run.tick();
            Map<String, List<JsonNode>> after = run.out();
            // Then
            assertThat(before.get(shared.topic())).hasSize(4);
            List<String> gone = during.get(shared.topic()).stream()
                    .map(line -> line.get("key").asText())
                    .toList();
            assertThat(gone).as("mother and child, and nothing of the new name").hasSize(2);
            assertThat(during.get(shared.topic())).allMatch(line -> !line.hasNonNull("value"));
            assertThat(during.get(own.topic())).as("the new name alone").singleElement();
            assertThat(after.get(shared.topic()).stream()
                            .map(line -> line.get("key").asText()))
                    .containsExactlyInAnyOrderElementsOf(gone);
            assertThat(after.get(shared.topic()).toString()).contains("新", "孩");
            assertThat(after).doesNotContainKey(own.topic());
        }
    }

    private static ObjectNode names(String name, @Nullable String mother) {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("full_name", name);
        return mother == null ? row : row.put("mother_id_no", mother);
    }

    @Test
    void keepsItsNamesWhateverTheCatalogueHolds() throws IOException {
        // Given
        Plan plan = SmallProvince.plan();
        Plan smaller = new Plan(
                plan.datasets(), Map.of(), plan.sources(), plan.partitions(), plan.agencies(), plan.divisions(), "");
        List<String> committed = Files.readAllLines(Path.of("src/test/resources/durable-names/release.txt"));
        // When
        List<List<String>> names = Stream.of(plan, smaller).map(this::names).toList();
        // Then
        assertThat(names).containsOnly(committed);
    }

    private List<String> names(Plan plan) {
        var settings = StreamsSettings.embedded(Map.of("bootstrap.servers", "none:1"), state);
        var format = new io.tongdao.contract.serde.WireFormat(
                new io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient());
        return DurableNames.of(new ReleaseTopology(plan, format, new ReleaseKeys(ReleaseCase.KEYS, ReleaseCase.SEALS))
                .build(settings.topologyConfig(ReleaseStage.NAME)));
    }

    private static String key(int n) {
        return "5301021990%08d".formatted(n);
    }

    private static List<Path> files(Path folder, String prefix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static String text(List<JsonNode> lines) {
        List<String> text = new ArrayList<>();
        lines.forEach(line -> text.add(line.toString()));
        return String.join("\n", text);
    }
}
