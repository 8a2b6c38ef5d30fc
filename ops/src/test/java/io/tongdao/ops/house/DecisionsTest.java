package io.tongdao.ops.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Decision records can be found, and each says what was given up. */
class DecisionsTest {
    private static final Path DECISIONS = Path.of("decisions");

    @Test
    void everyRecordHasItsOwnNumberAndItsThreeParts() {
        // When
        List<Path> records = records();

        // Then
        assertThat(records)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(text(record))
                        .startsWith("# " + number(record) + " ")
                        .contains("Decision", "Why", "What we gave up"));
        assertThat(records.stream().map(DecisionsTest::number)).doesNotHaveDuplicates();
    }

    @Test
    void theIndexNamesEveryRecord() {
        // When
        String index = text(DECISIONS.resolve("README.md"));

        // Then
        assertThat(records()).allSatisfy(record -> assertThat(index).contains("(" + record.getFileName() + ")"));
    }

    private static List<Path> records() {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{4}-[a-z0-9-]+\\.md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(Path record) {
        return record.getFileName().toString().substring(0, 4);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
