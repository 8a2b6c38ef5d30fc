package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two kills -9 of release under load lose, double, reorder and disclose nothing; the many are {@code ./tongdao bench faults --release}. */
class ReleaseFaultsIT {
    private static final StageKills.Load LOAD = new StageKills.Load(300, 5);

    @Test
    void eachEpochShowsWhatItWasToShow(@TempDir Path work) throws IOException, InterruptedException {
        // Given
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        // When
        ReleaseFaults.Outcome outcome = ReleaseFaults.run(work, Path.of("catalogue"), 2, LOAD, out);

        // Then
        assertThat(outcome.wrong()).isEmpty();
        assertThat(outcome.released()).isPositive();
        assertThat(outcome.epochs()).isGreaterThan(1);
    }
}
