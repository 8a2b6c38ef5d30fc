package io.tongdao.ops.province;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Check RIGHT = new Check("src_ga.household_population", 19_964, 19_964, 0, 0, 0, List.of());
    private static final Check WRONG = new Check(
            "base.population",
            20_000,
            20_001,
            1,
            2,
            3,
            List.of("missing #0123", "extra #4567", "different #89ab in full_name"));

    @Test
    void saysWhatHoldsAndWhatDoesNot() {
        // When
        String right = Report.text(figures(List.of(RIGHT), new Figures.Cut(Duration.ofMillis(321), true)));
        String wrong = Report.text(figures(List.of(RIGHT, WRONG), null));

        // Then
        assertThat(right)
                .contains("✔ everything holds", "cut 321 ms", "collected tables 归集库", "p99 600 ms")
                .doesNotContain("✘");
        assertThat(wrong).contains("✘ 1 of 2 checks fail", "missing 1, more 2, different 3", "missing #0123");
    }

    @Test
    void aReaderThatGotMoreIsNotRight() {
        assertThat(figures(List.of(RIGHT), new Figures.Cut(Duration.ofMillis(1), false))
                        .right())
                .isFalse();
        assertThat(figures(List.of(), null).right()).isFalse();
    }

    @Test
    void staysOnAPageHoweverMuchIsWrong() {
        // Given
        List<Check> checks =
                new ArrayList<>(IntStream.range(0, 24).mapToObj(i -> WRONG).toList());

        // When
        String text = Report.text(figures(checks, null));

        // Then
        assertThat(text.lines().count()).isLessThanOrEqualTo(60);
    }

    @Test
    void thematicDatabasesHaveTheirOwnGroup() {
        // Given
        List<Check> checks = List.of(RIGHT, new Check("theme_credit.taxpayers", 701, 701, 0, 0, 0, List.of()));

        // When
        String text = Report.text(figures(checks, null));

        // Then
        assertThat(text).contains("thematic databases 主题库").doesNotContain("discrepancies and quarantine 疑义与隔离");
    }

    @Test
    void columnsAlignUnderChineseTitles() {
        assertThat(Report.columns(Report.padded("collect 归集", 18))).isEqualTo(18);
        assertThat(Report.columns(Report.padded("live", 18))).isEqualTo(18);
    }

    @Test
    void theSameAsJson() throws Exception {
        // When
        JsonNode json = new ObjectMapper().readTree(Report.json(figures(List.of(RIGHT, WRONG), null)));

        // Then
        assertThat(json.get("right").asBoolean()).isFalse();
        assertThat(json.get("checks").get(1).get("extra").asInt()).isEqualTo(2);
        assertThat(json.get("phases_ms").get("collect").asInt()).isEqualTo(4_000);
    }

    private static Figures figures(List<Check> checks, Figures.Cut cut) {
        Map<String, Duration> phases = new LinkedHashMap<>();
        phases.put("start", Duration.ofSeconds(9));
        phases.put("collect", Duration.ofSeconds(4));
        return new Figures(
                20_000,
                1,
                true,
                36_000,
                135,
                135,
                phases,
                new Figures.Latency(210, 600, 4_000),
                cut,
                checks,
                Duration.ofSeconds(80),
                2L << 30);
    }
}
