package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.ops.OneExchange;
import io.tongdao.ops.bench.FaultBench;
import io.tongdao.ops.bench.FaultBench.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill -9 in the live phase loses and doubles nothing; the many kills are {@code ./tongdao bench faults}. */
@OneExchange
class FaultsIT {
    private static final int PEOPLE = 200;
    private static final long SEED = 5;

    @Test
    void aKilledExchangeResumesToTheSameTables(@TempDir Path work) throws IOException, InterruptedException {
        // Given
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        FaultBench bench = new FaultBench(work, WholeExchange.CATALOGUE, PEOPLE, SEED, out);

        // When
        List<Outcome> outcomes = bench.run(1);

        // Then
        assertThat(outcomes).hasSize(1).allMatch(Outcome::holds);
    }
}
