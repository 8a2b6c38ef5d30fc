package io.tongdao.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tongdao.compose.SortedStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a stream thread asks for a commit, and when its poll need not wait. */
class PaceTest {
    private static final Duration SHARED = Duration.ofMillis(100);
    private static final long LATER = SHARED.toNanos();
    private static final Postponed.Patience ONE_SECOND =
            new Postponed.Patience(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final MockProcessorContext<byte[], byte[]> task = new MockProcessorContext<>();
    private final Pace pace = new Pace(SHARED);
    private final long now = System.nanoTime();

    @AfterEach
    void leave() {
        Pace.leave();
    }

    @Test
    void atRestAChangeIsCommittedAtOnceAndTheNextSharesATransaction() {
        // When
        pace.polled(0, now);
        pace.worked(task, now);

        // Then
        assertThat(task.committed()).isTrue();
        task.resetCommit();
        pace.worked(task, now + 1);
        assertThat(task.committed()).as("within the shared time").isFalse();
        pace.polled(0, now + 1 + LATER);
        assertThat(task.committed()).as("after it").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 100", // never more often than shared
        "0, 60, 120", // twice what a commit takes
        "500, 60, 360",
        "1000, 60, 600", // ten times
        "50000, 60, 600",
        "50000, 300, 2000", // Kafka Streams' own interval
    })
    void theDearerACommitAndTheLongerTheQueueTheRarerAreCommits(long waiting, long takes, long gap) {
        // Given
        for (int i = 0; i < 50; i++) {
            pace.committing(now);
            pace.committing(now + takes * 500_000);
            pace.committed(now + takes * 1_000_000);
        }

        // When
        pace.polled(waiting, now);

        // Then
        assertThat(pace.gap()).isCloseTo(gap * 1_000_000, withinPercentage(1));
    }

    @Test
    void theTimeBetweenCommitsBeginsAtTheEndOfTheLast() {
        // Given
        pace.worked(task, now);
        task.resetCommit();

        // When
        pace.committing(now + LATER);
        pace.committed(now + 2 * LATER);

        // Then
        pace.worked(task, now + 2 * LATER + pace.gap() - 1);
        assertThat(task.committed()).isFalse();
        pace.worked(task, now + 2 * LATER + pace.gap());
        assertThat(task.committed()).isTrue();
    }

    @Test
    void workBesideTheChangesHasItsShareAndWhatItTookTooMuchIsOfTheNextWindows() {
        // Given
        long window = now + LATER;
        assertThat(pace.spare(50, window)).isTrue();

        // When
        pace.spent(3 * LATER / 2);

        // Then
        assertThat(pace.spare(50, window + 1)).as("taken three times").isFalse();
        assertThat(pace.spare(50, window + LATER)).as("two are left").isFalse();
        assertThat(pace.spare(50, window + 2 * LATER)).as("one is left").isFalse();
        assertThat(pace.spare(50, window + 3 * LATER)).isTrue();
    }

    @Test
    void whilePostponedSubjectsAreWorkedOffNoCommitIsAskedForAndNoPollWaits() {
        // Given
        pace.polled(0, now);
        Postponed postponed = new Postponed(new SortedStore(), ONE_SECOND, new Backlog());
        for (int i = 0; i < 1_000; i++) {
            postponed.add(("more " + i).getBytes(StandardCharsets.UTF_8), "src.one", 1, 1_000);
        }

        // When
        postponed.step(40_000, subject -> LockSupport.parkNanos(1_000_000));

        // Then
        long after = System.nanoTime();
        assertThat(pace.catchingUp(after)).isTrue();
        pace.worked(task, after);
        assertThat(task.committed()).isFalse();
        pace.polled(0, after + 2 * Postponed.STEP.toNanos());
        assertThat(task.committed()).as("a while after the last").isTrue();
    }

    @Test
    void whenNothingIsDueAPollWaits() {
        // Given
        pace.polled(0, now);
        Postponed postponed = new Postponed(new SortedStore(), ONE_SECOND, new Backlog());
        postponed.add("a".getBytes(StandardCharsets.UTF_8), "src.one", 1, 1_000);

        // When
        postponed.step(1_500, subject -> {});

        // Then
        assertThat(pace.catchingUp(System.nanoTime())).isFalse();
    }
}
