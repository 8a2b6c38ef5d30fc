package io.tongdao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * One folder a case: {@code in-<topic>.jsonl} goes in, in the order of {@code step} over all files; the rows' flags must come out as in
 * {@code out-flag.quality.jsonl}, in their order, then the figures as a reader adds them up in {@code out-figures.json}; no other topic.
 * With {@code -Dcases.record} what came out is written for review.
 */
class QualityCasesTest {
    private static final Path CASES = Path.of("src/test/resources/quality/cases");
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
        assertThat(changes).isNotEmpty();
        List<String> flags = new ArrayList<>();
        Map<String, byte[]> held = new TreeMap<>();
        List<String> topics;

        // When
        try (QualityDriver driver =
                new QualityDriver(state.resolve(folder.getFileName().toString()))) {
            changes.forEach(change -> driver.pipe(change.topic(), change.json()));
            driver.pass(Tallies.TELL);
            topics = List.copyOf(driver.written());
            for (TestRecord<byte[], byte[]> record : driver.read()) {
                String key = QualityDriver.text(record.key());
                if (Violation.is(key)) {
                    flags.add(flag(key, record.value()).toString());
                } else {
                    held.put(key, record.value());
                }
            }
        }

        // Then
        Map<String, String> figures = QualityDriver.figures(held);
        Path flagFile = folder.resolve("out-flag.quality.jsonl");
        Path figureFile = folder.resolve("out-figures.json");
        if (Boolean.getBoolean("cases.record")) {
            Files.write(flagFile, flags);
            Files.writeString(figureFile, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
        }
        assertThat(topics).containsExactly("flag.quality");
        assertThat(flags).isEqualTo(Files.readAllLines(flagFile));
        assertThat(JSON.valueToTree(figures).toString())
                .isEqualTo(JSON.readTree(figureFile.toFile()).toString());
    }

    private static JsonNode flag(String key, byte[] value) throws IOException {
        ObjectNode out = JSON.createObjectNode().put("key", key);
        return value == null ? out.putNull("value") : out.set("value", JSON.readTree(value, 1, value.length - 1));
    }

    private static List<Change> changes(Path folder) throws IOException {
        List<Change> changes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                assertThat(name).matches("in-.+\\.jsonl|out-flag\\.quality\\.jsonl|out-figures\\.json");
                if (name.startsWith("in-")) {
                    for (String line : Files.readAllLines(file)) {
                        changes.add(new Change(name.substring(3, name.length() - 6), JSON.readTree(line)));
                    }
                }
            }
        }
        changes.sort(Comparator.comparingInt(change -> change.json().get("step").asInt()));
        return changes;
    }
}
