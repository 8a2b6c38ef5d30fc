package io.tongdao.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.serde.JsonFormat;
import io.tongdao.ops.cli.QualityFigures.Figure;
import io.tongdao.quality.QualityCount;
import io.tongdao.quality.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QualityFiguresTest {
    private static final String DATASET = "ga.household_population";
    private static final String RULE = "format.gender_code";

    @Test
    void addsUpThePartsAndTellsTheTrendFromDayToDay() {
        // When
        QualityFigures figures = QualityFigures.of(flags());
        // Then
        assertThat(figures.at(DATASET, RULE, QualityCount.NOW)).isEqualTo(new Figure(1998, 2000));
        assertThat(figures.at(DATASET, RULE, "now").percent()).isEqualTo("99.90%");
        assertThat(figures.days(DATASET)).containsExactly("2026-03-03", "2026-03-02");
        assertThat(figures.trend(DATASET, RULE)).isEqualTo("↑");
    }

    @Test
    void oneRowThatTwoPartsTellOfIsOneRow() {
        assertThat(QualityFigures.of(flags()).rows(DATASET, RULE))
                .extracting(Violation::row)
                .containsExactly("00aa");
    }

    @Test
    void aHundredPercentIsAllOfThemAndNothingCheckedIsNone() {
        assertThat(new Figure(99_999_999, 100_000_000).percent()).isEqualTo("99.99%");
        assertThat(new Figure(5, 5).percent()).isEqualTo("100.00%");
        assertThat(Figure.NONE.percent()).isEqualTo("-");
    }

    private static Map<String, byte[]> flags() {
        Map<String, byte[]> flags = new TreeMap<>();
        count(flags, "now", "r0", 999, 1000);
        count(flags, "now", "r1", 999, 1000);
        count(flags, "2026-03-02", "r0", 1, 2);
        count(flags, "2026-03-03", "r1", 3, 4);
        count(flags, "e1", "r0", 7, 7);
        for (String part : List.of("r0", "r1")) {
            Violation found = new Violation(DATASET, "00aa", RULE, 0, 5, null, part);
            flags.put(
                    String.join("|", DATASET, "row", "00aa", RULE, part),
                    new JsonFormat<>(Violation.class).encode(found));
        }
        return flags;
    }

    private static void count(Map<String, byte[]> flags, String window, String part, long kept, long checked) {
        QualityCount count =
                new QualityCount(DATASET, window, part, List.of(new QualityCount.Rule(RULE, kept, checked)));
        flags.put(String.join("|", DATASET, "count", window, part), new JsonFormat<>(QualityCount.class).encode(count));
    }
}
