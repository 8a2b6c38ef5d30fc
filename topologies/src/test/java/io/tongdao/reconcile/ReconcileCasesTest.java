package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Ver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One folder a case: {@code in-<topic>.jsonl} goes in, in the order of {@code step} over all files; {@code out-<topic>.jsonl} must come
 * out, and no other topic. With {@code -Dcases.record} what came out is written for review.
 */
class ReconcileCasesTest {
    private static final Path CASES = Path.of("src/test/resources/reconcile/cases");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    private record Change(String topic, JsonNode json) {}

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
        }
    }

    private void run(Path folder) throws IOException {
        // Given
        List<Change> changes = changes(folder);
        Map<String, List<JsonNode>> expected = files(folder, "out-");
        Map<String, List<JsonNode>> actual = new TreeMap<>();
        Map<String, Object> stand = new TreeMap<>();
        Map<String, Object> explained = new TreeMap<>();
        assertThat(changes).isNotEmpty();

        // When
        try (ReconcileDriver driver =
                new ReconcileDriver(state.resolve(folder.getFileName().toString()))) {
            changes.forEach(change -> driver.pipe(change.topic(), change.json()));
            for (String topic : driver.written()) {
                actual.put(topic, outputs(driver, topic));
            }
            for (BasePlan base : driver.plan().bases().values()) {
                stand.putAll(driver.goldens(base.topic().name()));
                driver.subjects(base.topic().name()).forEach(subject -> explained(driver, base, subject, explained));
            }
        }

        // Then
        if (Boolean.getBoolean("cases.record")) {
            record(folder, actual);
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(explained).as("explained as it stands").isEqualTo(stand);
    }

    /** In the form of what stands: explain encodes with the stage's own writer, which {@code exact} holds against the digest in state. */
    private static void explained(ReconcileDriver driver, BasePlan base, String subject, Map<String, Object> all) {
        Explanation explanation = driver.explain(base.kind(), subject);
        assertThat(explanation.exact()).as("the digests are those in state").isTrue();
        explanation.records().stream()
                .filter(record -> record.base().name().equals(base.name()))
                .filter(record -> record.golden().exists())
                .forEach(record -> all.put(subject, driver.golden(base, record.golden())));
    }

    private static List<JsonNode> outputs(ReconcileDriver driver, String topic) {
        List<JsonNode> outputs = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : driver.read(topic)) {
            ObjectNode out = JSON.createObjectNode();
            out.put("key", ReconcileDriver.text(record.key()));
            Ver ver = Lineage.ver(record.headers());
            Instant at = Lineage.at(record.headers());
            out.put("ver", ver == null ? "-" : ver.generation() + "." + ver.counter());
            out.put("at", at == null ? "-" : at.toString());
            out.set("value", value(driver, topic, record.value()));
            outputs.add(out);
        }
        return outputs;
    }

    private static JsonNode value(ReconcileDriver driver, String topic, byte[] value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (topic.startsWith("base.")) {
            return JSON.valueToTree(driver.golden(topic, value));
        }
        if (topic.equals("flag.review")) {
            return review(value);
        }
        if (topic.startsWith(Names.APART)) {
            return JSON.createObjectNode()
                    .put("since", RowApart.FORMAT.decode(value).since().toString());
        }
        try {
            assertThat(value[0]).as("format byte").isEqualTo((byte) 2);
            ObjectNode flag = (ObjectNode) JSON.readTree(value, 1, value.length - 1);
            assertThat(flag.remove("valueSet").asText()).matches("[0-9a-f]{32}");
            assertThat(flag.remove("leading").asText()).matches("[0-9a-f]{32}");
            return flag;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode review(byte[] value) {
        try {
            assertThat(value[0]).as("format byte").isEqualTo((byte) 1);
            ObjectNode review = (ObjectNode) JSON.readTree(value, 1, value.length - 1);
            assertThat(review.remove("compared").asText()).matches("([0-9a-f]{32})?");
            return review;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Change> changes(Path folder) throws IOException {
        List<Change> changes = new ArrayList<>();
        files(folder, "in-").forEach((topic, lines) -> lines.forEach(line -> changes.add(new Change(topic, line))));
        changes.sort(Comparator.comparingInt(change -> change.json().get("step").asInt()));
        return changes;
    }

    private static Map<String, List<JsonNode>> files(Path folder, String kind) throws IOException {
        Map<String, List<JsonNode>> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                assertThat(name).matches("(in|out)-.+\\.jsonl");
                if (name.startsWith(kind)) {
                    files.put(name.substring(kind.length(), name.length() - 6), lines(file));
                }
            }
        }
        return files;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static void record(Path folder, Map<String, List<JsonNode>> actual) throws IOException {
        for (var topic : actual.entrySet()) {
            List<String> lines =
                    topic.getValue().stream().map(JsonNode::toString).toList();
            Files.write(folder.resolve("out-" + topic.getKey() + ".jsonl"), lines);
        }
    }
}
