package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of release works with small numbers; what it measures is measured by {@code ./tongdao bench release}. */
class ReleaseBenchIT {
    @Test
    void everyFigureIsMeasured(@TempDir Path work) throws IOException, InterruptedException {
        // Given
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        ReleaseBench.Scale scale = new ReleaseBench.Scale(300, 600, 1, List.of(2), 600, 1);

        // When
        List<Bar> bars = ReleaseBench.run(work, Path.of("catalogue"), scale, out);

        // Then
        assertThat(bars).hasSize(3).allSatisfy(bar -> assertThat(bar.figure()).matches("[0-9,.]+"));
        assertThat(bars.getFirst().figure()).isNotEqualTo("0.00");
    }
}
