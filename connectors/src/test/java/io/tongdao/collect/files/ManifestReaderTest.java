package io.tongdao.collect.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manifest is read strictly, and everything that is wrong with it is told at once. */
class ManifestReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static final String SOUND = """
            {"format": 1, "dataset": "cl.card", "kind": "delta", "sequence": 12, "rows": 3, "bytes": 120,
             "digest": "sm3:%s", "taken_at": "2026-11-29T02:00:00+08:00",
             "deletions": {"column": "BG", "value": "D"}}
            """.formatted("AB".repeat(32));

    private static Manifest read(String json) throws UnfitFile {
        return ManifestReader.read(json.getBytes(UTF_8), List.of("cl.card", "cl.kind"), NOW);
    }

    private static List<String> problems(String json) {
        return catchThrowableOfType(UnfitFile.class, () -> read(json)).problems();
    }

    @Test
    void aSoundOneIsWhatItSays() throws Exception {
        // Given // When
        Manifest manifest = read(SOUND);
        // Then
        assertThat(manifest.id()).isEqualTo("cl.card.000012.abababababab");
        assertThat(manifest.kind()).isEqualTo(Manifest.Kind.DELTA);
        assertThat(manifest.deletions()).isEqualTo(new Manifest.Deletions("BG", "D"));
        assertThat(manifest.takenAt()).isEqualTo(Instant.parse("2026-11-28T18:00:00Z"));
        assertThat(manifest.shrinks()).isFalse();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cl.card\"|\"cl.cart\"|dataset: none that comes by this inbox; there are: cl.card, cl.kind",
                "\"delta\"|\"part\"|kind: neither full nor delta",
                "\"delta\"|\"full\"|deletions: only a delta has them",
                "\"sequence\": 12|\"sequence\": 0|sequence: not such a number",
                "\"sequence\": 12|\"sequence\": 1.5|sequence: not such a number",
                "\"rows\": 3,||rows: missing",
                "sm3:|sm4:|digest: not sha256: or sm3:",
                "2026-11-29T02:00:00+08:00|2026-11-29|taken_at: not a time with its offset",
                "2026-11-29T02|2026-11-30T02|taken_at: lies in the future",
                "\"value\"|\"values\"|deletions: not {",
                "\"format\": 1|\"format\": 2|format: this exchange reads format 1",
                "\"format\": 1|\"format\": 1, \"format\": 1|the manifest is not JSON, or has a key twice",
                "\"format\": 1|\"format\": 1, \"note\": 1|a key that no manifest has",
            })
    void oneMistakeIsToldByItsKey(String find, String replacement, String problem) {
        // Given
        String spoilt = SOUND.replace(find, replacement == null ? "" : replacement);
        assertThat(spoilt).isNotEqualTo(SOUND);
        // When
        List<String> problems = problems(spoilt);
        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst()).startsWith(problem);
    }

    @Test
    void allMistakesAreToldAtOnceAndNoneQuotesWhatStandsThere() {
        // Given
        String citizen = "530102199003071238";
        // When
        List<String> problems = problems(
                "{\"dataset\": \"%1$s\", \"kind\": \"%1$s\", \"%1$s\": 1, \"digest\": \"%1$s\", \"rows\": \"%1$s\"}"
                        .formatted(citizen));
        // Then
        assertThat(problems).hasSize(9);
        assertThat(String.join("\n", problems)).doesNotContain(citizen);
    }
}
