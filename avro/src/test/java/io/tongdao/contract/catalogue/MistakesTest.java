package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.CatalogueLoader.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Every rule by its failing examples: {@code catalogue/mistakes/<code>.yaml} lists changes of the sound catalogue beside it, each of which is
 * exactly one problem, of that code, in the line that holds {@code at}. A change is {@code {in, find, write}}, {@code {add, text}}
 * or {@code {remove}}; {@code also} lists more of them; {@code where} is the blamed file if it is another.
 */
class MistakesTest {
    private static final Path SOUND = Path.of("src/test/resources/catalogue/sound");
    private static final Path MISTAKES = Path.of("src/test/resources/catalogue/mistakes");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @TempDir
    Path directory;

    /** One change of the sound catalogue. */
    record Mistake(String code, int number, Map<String, Object> change) {
        String text(String key) {
            Object value = change.get(key);
            return value == null ? "" : value.toString();
        }

        /** The file that is blamed. */
        String where() {
            return Stream.of("where", "in", "add", "remove")
                    .map(this::text)
                    .filter(file -> !file.isEmpty())
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return code + " " + number;
        }
    }

    @Test
    void theSoundCatalogueIsSound() {
        assertThat(SampleProvince.problems(SOUND)).isEmpty();
    }

    @Test
    void theSampleProvinceIsSound() {
        assertThat(SampleProvince.problems(SampleProvince.SHIPPED)).isEmpty();
        assertThat(SampleProvince.problems(SampleProvince.DIRECTORY)).isEmpty();
    }

    @Test
    void everyCodeHasAFailingExample() {
        // Given
        List<String> codes =
                Arrays.stream(CheckCode.values()).map(CheckCode::code).toList();
        // When
        List<String> shown = mistakes().map(Mistake::code).distinct().toList();
        // Then
        assertThat(shown).containsExactlyInAnyOrderElementsOf(codes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void oneMistakeIsOneProblemWhereItIs(Mistake mistake) throws IOException {
        // Given
        SampleProvince.copy(SOUND, directory);
        change(mistake.change());
        // When
        List<Problem> found = load(mistake);
        // Then
        assertThat(found).hasSize(1);
        Problem problem = found.getFirst();
        Path blamed = directory.resolve(mistake.where());
        assertThat(problem.code()).isEqualTo(mistake.code());
        assertThat(problem.file()).isEqualTo(blamed.toString());
        assertThat(problem.text())
                .as("says what to do, and the article")
                .matches("(?s).*(: |; |, or ).*")
                .contains(problem.check().article());
        if (mistake.change().containsKey("at")) {
            assertThat(Files.readAllLines(blamed).get(problem.line() - 1)).contains(mistake.text("at"));
        }
    }

    private List<Problem> load(Mistake mistake) {
        boolean run = mistake.change().containsKey("run");
        Variables variables = new Variables(run ? SampleProvince.ADDRESSES : Map.of(), run);
        return switch (CatalogueLoader.load(directory, variables, TODAY)) {
            case Loaded.Whole whole -> List.of();
            case Loaded.Refused refused -> refused.problems();
        };
    }

    private void change(Map<String, Object> change) throws IOException {
        if (change.get("in") instanceof String file) {
            Path path = directory.resolve(file);
            String text = Files.readString(path);
            String find = change.get("find").toString();
            assertThat(text).as("the sound catalogue has: %s", find).contains(find);
            String write = change.get("write").toString();
            Files.writeString(path, text.replace(find, write));
        }
        if (change.get("add") instanceof String file) {
            Charset charset = change.containsKey("latin1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, change.get("text").toString(), charset);
        }
        if (change.get("remove") instanceof String file) {
            Files.delete(directory.resolve(file));
        }
        for (Map<String, Object> more : list(change.get("also"))) {
            change(more);
        }
    }

    static Stream<Mistake> mistakes() {
        try (Stream<Path> files = Files.list(MISTAKES)) {
            return files.sorted().toList().stream().flatMap(MistakesTest::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Mistake> of(Path file) {
        try {
            String code = file.getFileName().toString().replace(".yaml", "");
            List<Map<String, Object>> changes = list(new Yaml().load(Files.readString(file)));
            return changes.stream().map(change -> new Mistake(code, changes.indexOf(change) + 1, change));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object yaml) {
        return yaml == null ? List.of() : (List<Map<String, Object>>) yaml;
    }
}
