package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.CatalogueLoader.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fixture marks its mistakes itself, with {@code # MISTAKE code} in the line where each is. */
class TenMistakesTest {
    private static final Path FIXTURE = Path.of("src/test/resources/catalogue/ten-mistakes");
    private static final String MARK = "# MISTAKE ";

    @Test
    void tenMistakesGiveTenMessagesInOneRunEachWithFileLineAndRemedy() throws IOException {
        // Given
        List<String> marked = marked();
        assertThat(marked).hasSize(10);
        // When
        List<Problem> found = ((Loaded.Refused) CatalogueLoader.load(FIXTURE)).problems();
        // Then
        assertThat(found.stream().map(p -> p.file() + ":" + p.line() + " " + p.code()))
                .containsExactlyInAnyOrderElementsOf(marked);
        assertThat(found).allSatisfy(problem -> {
            assertThat(problem).hasToString(problem.file() + ":" + problem.line() + ": " + problem.text());
            assertThat(problem.text()).matches("(?s).*(: |; |, or ).*").doesNotContain("Kunming2026");
        });
    }

    private static List<String> marked() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURE)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .flatMap(TenMistakesTest::marked)
                    .toList();
        }
    }

    private static Stream<String> marked(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            List<String> marked = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                int at = lines.get(i).indexOf(MARK);
                if (at >= 0) {
                    marked.add(file + ":" + (i + 1) + " " + lines.get(i).substring(at + MARK.length()));
                }
            }
            return marked.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
