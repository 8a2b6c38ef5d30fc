package io.tongdao.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.compose.SortedStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a subject's turn comes, and what a restart finds. */
class PostponedTest {
    private static final Postponed.Patience PATIENCE =
            new Postponed.Patience(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final KeyValueStore<Bytes, byte[]> store = new SortedStore();
    private final Backlog backlog = new Backlog();
    private final Postponed postponed = new Postponed(store, PATIENCE, backlog);

    @AfterEach
    void leave() {
        Pace.leave();
    }

    @Test
    void aSubjectWaitsUntilNoMoreRowsCome() {
        // Given
        add(postponed, "a", "src.one", 1_000);
        add(postponed, "b", "src.one", 1_200);

        // When / Then
        assertThat(keys(postponed.take(2_100))).as("rows still come").isEmpty();
        assertThat(backlog.subjects()).isEqualTo(2);
        assertThat(keys(postponed.take(2_200))).containsExactly("a", "b");
        assertThat(backlog.subjects()).isZero();
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void aSubjectIsTakenOnceForAllRowsThatItWaitedWith() {
        // Given
        add(postponed, "a", "src.two", 1_000);
        add(postponed, "b", "src.one", 1_000);
        add(postponed, "a", "src.one", 1_100);
        add(postponed, "a", "src.two", 1_200);

        // When
        List<Postponed.Subject> taken = postponed.take(3_000);

        // Then
        assertThat(keys(taken)).containsExactly("a", "b");
        assertThat(taken.getFirst().sources()).containsExactly("src.one", "src.two");
        assertThat(taken.getFirst().time()).isEqualTo(1_200);
    }

    @Test
    void whileRowsComeNoSubjectWaitsLongerThanItMay() {
        // Given
        add(postponed, "a", "src.one", 1_000);
        for (int second = 2; second <= 31; second++) {
            add(postponed, "later" + second, "src.one", second * 1_000L);
        }

        // When / Then
        assertThat(keys(postponed.take(30_999))).isEmpty();
        add(postponed, "last", "src.one", 31_000);
        assertThat(keys(postponed.take(31_000))).containsExactly("a");
    }

    @Test
    void whileAQueueStandsRecordsGoFirst() {
        // Given
        new Pace(Duration.ofMillis(100)).polled(1_000, System.nanoTime());
        for (int i = 0; i < 1_200; i++) {
            add(postponed, "s" + i, "src.one", 1_000);
        }
        List<Postponed.Subject> done = new ArrayList<>();

        // When / Then
        postponed.step(300_999, done::add);
        assertThat(done).as("ten times as long").isEmpty();
        postponed.step(301_000, subject -> {
            LockSupport.parkNanos(1_000_000);
            done.add(subject);
        });
        int first = done.size();
        assertThat(first).isBetween(1, 100);
        postponed.step(301_499, done::add);
        assertThat(done).as("the records have the rest of the time").hasSize(first);
        postponed.step(301_500, done::add);
        assertThat(done).hasSizeGreaterThan(first);
    }

    @Test
    void whenMoreWaitThanMayTheFirstAreWorkedOffQueueOrNot() {
        // Given
        new Pace(Duration.ofMillis(100)).polled(1_000, System.nanoTime());
        Backlog small = new Backlog(100);
        Postponed few = new Postponed(store, PATIENCE, small);
        for (int i = 0; i < 130; i++) {
            add(few, "s" + i, "src.one", 1_000);
        }
        List<Postponed.Subject> done = new ArrayList<>();

        // When
        few.step(1_000, done::add);

        // Then
        assertThat(keys(done)).startsWith("s0", "s1").hasSizeBetween(30, 50);
        assertThat(small.subjects()).isLessThanOrEqualTo(100);
    }

    @Test
    void aRestartFindsThoseThatWaitedInTheirOrder() {
        // Given
        add(postponed, "b", "src.one", 1_000);
        add(postponed, "a", "src.one", 1_001);
        postponed.close();
        assertThat(backlog.subjects()).isZero();

        // When
        Postponed again = new Postponed(store, PATIENCE, backlog);

        // Then
        add(again, "c", "src.one", 1_500);
        assertThat(backlog.subjects()).isEqualTo(3);
        assertThat(keys(again.take(3_000))).containsExactly("b", "a", "c");
    }

    @Test
    void aStepEndsWithItsTimeAndTheNextGoesOn() {
        // Given
        for (int i = 0; i < 1_200; i++) {
            add(postponed, "s" + i, "src.one", 1_000);
        }
        List<Postponed.Subject> done = new ArrayList<>();

        // When
        postponed.step(2_000, subject -> {
            LockSupport.parkNanos(1_000_000);
            done.add(subject);
        });
        int first = done.size();
        postponed.step(2_000, done::add);

        // Then
        assertThat(first).isBetween(1, 100);
        assertThat(keys(done)).hasSizeGreaterThan(first).doesNotHaveDuplicates().startsWith("s0", "s1", "s2");
    }

    @Test
    void withoutPatienceNothingIsPostponed() {
        Postponed never = new Postponed(store, Postponed.Patience.NONE, backlog);

        assertThat(never.add(key("a"), "src.one", 1, 1)).isFalse();
        assertThat(never.take(Long.MAX_VALUE)).isEmpty();
    }

    private static void add(Postponed postponed, String subject, String source, long now) {
        assertThat(postponed.add(key(subject), source, now, now)).isTrue();
    }

    private static byte[] key(String subject) {
        return subject.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> keys(List<Postponed.Subject> taken) {
        return taken.stream()
                .map(subject -> new String(subject.key().get(), StandardCharsets.UTF_8))
                .toList();
    }
}
