package io.tongdao.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessesTest {
    private static final String MARKER = "611.5";

    @TempDir
    Path dir;

    private DataDirectory data;
    private Process sleeper;

    @BeforeEach
    void startSleeper() throws Exception {
        data = DataDirectory.open(dir);
        sleeper = new ProcessBuilder("sleep", MARKER).start();
    }

    @AfterEach
    void killSleeper() {
        sleeper.destroyForcibly();
    }

    @Test
    void endsWhatAnEarlierRunRecorded() throws Exception {
        ChildRecord.of(sleeper.toHandle(), StopSignal.TERM, MARKER).write(ChildRecord.file(data, "sleeper"));
        ChildProcesses.stopLeftovers(data);
        assertThat(sleeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(ChildRecord.file(data, "sleeper")).doesNotExist();
    }

    @Test
    void sparesAProcessThatMerelyReusesThePid() throws Exception {
        // Given
        Instant started = sleeper.info().startInstant().orElseThrow();
        var otherTime = new ChildRecord(sleeper.pid(), started.minusSeconds(60), StopSignal.TERM, MARKER);
        var otherWords = new ChildRecord(sleeper.pid(), started, StopSignal.TERM, "/data/kafka");
        otherTime.write(ChildRecord.file(data, "one"));
        otherWords.write(ChildRecord.file(data, "two"));

        // When
        ChildProcesses.stopLeftovers(data);

        // Then
        assertThat(sleeper.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void aServerThatEndsAtStartIsReportedWithItsLog() throws Exception {
        var command = new ChildProcess.Command(
                "broken", List.of("false"), Map.of(), "false", StopSignal.TERM, StopSignal.TERM);
        ChildProcess broken = ChildProcess.start(data, command);
        assertThatThrownBy(() -> broken.awaitReady(() -> false, Duration.ofSeconds(20)))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("broken ended at start")
                .hasMessageContaining("broken.log");
        assertThat(ChildRecord.file(data, "broken")).doesNotExist();
    }
}
