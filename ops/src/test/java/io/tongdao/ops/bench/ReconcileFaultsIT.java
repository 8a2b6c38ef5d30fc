package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two kills -9 of reconciliation under load lose, double and reorder nothing; the many are {@code ./tongdao bench faults --reconcile}. */
class ReconcileFaultsIT {
    private static final StageKills.Load LOAD = new StageKills.Load(300, 7);

    @Test
    void goldenRecordsAndDiscrepanciesAreThoseOfAnUnbrokenRun(@TempDir Path work)
            throws IOException, InterruptedException {
        // Given
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        // When
        ReconcileFaults.Outcome outcome = ReconcileFaults.run(work, Path.of("catalogue"), 2, LOAD, out);

        // Then
        assertThat(outcome.wrong()).isEmpty();
        assertThat(outcome.golden()).isGreaterThan(outcome.subjects());
        assertThat(outcome.discrepancies()).isPositive();
        assertThat(outcome.duplicates()).isPositive();
    }
}
