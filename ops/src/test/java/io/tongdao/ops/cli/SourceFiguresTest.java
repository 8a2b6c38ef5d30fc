package io.tongdao.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.Dataset.Cycle;
import io.tongdao.contract.serde.JsonFormat;
import io.tongdao.ops.cli.SourceFigures.Agreement;
import io.tongdao.quality.Freshness;
import io.tongdao.reconcile.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceFiguresTest {
    private static final Instant NOON = Instant.parse("2026-03-10T04:00:00Z");

    @Test
    void tasksAreAddedUpAndTheOldestCountIsTold() {
        // Given
        Map<String, byte[]> flags = new TreeMap<>();
        count(flags, "now", "person-0", NOON, 8, 1, 5);
        count(flags, "now", "person-1", NOON.minusSeconds(60), 1, 0, 2);
        count(flags, "2026-03-09", "person-0", NOON.minusSeconds(86_400), 3, 3, 0);

        // When
        SourceFigures figures = SourceFigures.of(flags);

        // Then
        assertThat(figures.agreements("hrss.insured", "now"))
                .isEqualTo(Map.of("population.full_name", new Agreement(9, 1, 7, NOON.minusSeconds(60))));
        assertThat(figures.total(List.of("hrss.insured"), "now").figure().percent())
                .isEqualTo("90.00%");
        assertThat(figures.agreements("hrss.insured", "day").values())
                .extracting(Agreement::contradicted)
                .containsExactly(3L);
    }

    @ParameterizedTest(name = "{0} silent for {1} hours: {2} hours overdue")
    @CsvSource({
        "DAILY, 23, ",
        "DAILY, 24, ",
        "DAILY, 30, 6",
        "WEEKLY, 30, ",
        "WEEKLY, 170, 2",
        "MONTHLY, 800, 56",
        "REALTIME, 9999, ",
        "IRREGULAR, 9999, "
    })
    void whatIsSilentForLongerThanItsCycleIsOverdue(Cycle cycle, long silent, Long overdue) {
        // Given
        Instant arrived = NOON.minus(Duration.ofHours(silent));
        Freshness age = new Freshness("d", "r0", null, arrived, "2026-03-09", 0);

        // When, then
        assertThat(SourceFigures.overdue(age, cycle, NOON))
                .isEqualTo(overdue == null ? null : Duration.ofHours(overdue));
    }

    private static void count(
            Map<String, byte[]> flags, String window, String part, Instant at, long agreeing, long not, long alone) {
        Consistency.Item item = new Consistency.Item("population", "full_name", agreeing, not, alone);
        Consistency count = new Consistency("hrss.insured", window, part, at, List.of(item));
        flags.put("hrss.insured|agree|" + window + "|" + part, new JsonFormat<>(Consistency.class).encode(count));
    }
}
