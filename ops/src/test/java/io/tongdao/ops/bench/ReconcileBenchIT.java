package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of reconciliation works with small numbers; what it measures is measured by {@code ./tongdao bench reconcile}. */
class ReconcileBenchIT {
    @Test
    void everyFigureIsMeasured(@TempDir Path work) throws IOException, InterruptedException, SQLException {
        // Given
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        ReconcileBench.Scale scale = new ReconcileBench.Scale(300, 600, 1, 0, 0, 200, 1);

        // When
        ReconcileBench.Result result = ReconcileBench.run(work, Path.of("catalogue"), scale, out);

        // Then
        List<Bar> bars = result.bars();
        assertThat(bars).hasSize(5).allSatisfy(bar -> assertThat(bar.figure()).matches("[0-9,.]+"));
        assertThat(bars.stream().map(Bar::figure)).doesNotContain("0.00");
        assertThat(result.read()).isEqualTo(1000);
    }
}
