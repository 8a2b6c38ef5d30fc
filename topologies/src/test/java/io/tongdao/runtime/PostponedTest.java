package io.tongdao.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.compose.SortedStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
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
        assertThat(keys(take(postponed, 2_100))).as("rows still come").isEmpty();
        assertThat(backlog.subjects()).isEqualTo(2);
        assertThat(keys(take(postponed, 2_200))).containsExactly("a", "b");
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
        List<Postponed.Subject> taken = take(postponed, 3_000);

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
        assertThat(keys(take(postponed, 30_999))).isEmpty();
        add(postponed, "last", "src.one", 31_000);
        assertThat(keys(take(postponed, 31_000))).containsExactly("a");
    }

    @Test
    void whileAQueueStandsRecordsHaveNineTenthsOfTheTime() {
        // Given
        Pace pace = new Pace(Duration.ofMillis(100));
        pace.polled(1_000, System.nanoTime());
        for (int i = 0; i < 1_200; i++) {
            add(postponed, "s" + i, "src.one", 1_000);
        }
        List<Postponed.Subject> done = new ArrayList<>();
        postponed.step(600_999, done::add);
        assertThat(done).as("twenty times as long").isEmpty();

        // When
        postponed.step(601_000, subject -> {
            LockSupport.parkNanos(1_000_000);
            done.add(subject);
        });
        int first = done.size();
        postponed.step(601_000, done::add);

        // Then
        assertThat(first).isBetween(1, 100);
        assertThat(done).as("the records' time").hasSize(first);
        LockSupport.parkNanos(Postponed.STEP.toNanos() * 10);
        postponed.step(601_000, done::add);
        assertThat(done).hasSizeGreaterThan(first);
    }

    @Test
    void whileRecordsComeTheyHaveAsMuchTimeAsThoseWhoWaited() {
        // Given
        Pace pace = new Pace(Duration.ofMillis(100));
        pace.polled(0, System.nanoTime());
        for (int i = 0; i < 1_200; i++) {
            add(postponed, "s" + i, "src.one", 1_000);
        }
        List<Postponed.Subject> done = new ArrayList<>();
        postponed.step(40_000, subject -> {
            LockSupport.parkNanos(300_000_000);
            done.add(subject);
        });
        int first = done.size();

        // When
        pace.worked(new MockProcessorContext<>(), System.nanoTime());
        postponed.step(40_000, done::add);

        // Then
        assertThat(done).hasSize(first);
        LockSupport.parkNanos(400_000_000);
        postponed.step(40_000, done::add);
        assertThat(done).hasSizeGreaterThan(first);
    }

    @Test
    void eachTaskOfAThreadHasAStepInATurn() {
        // Given
        Pace pace = new Pace(Duration.ofMillis(100));
        pace.polled(1_000, System.nanoTime());
        Postponed other = new Postponed(new SortedStore(), PATIENCE, backlog);
        for (int i = 0; i < 1_200; i++) {
            add(postponed, "a" + i, "src.one", 1_000);
            add(other, "b" + i, "src.one", 1_000);
        }
        List<Postponed.Subject> done = new ArrayList<>();

        // When
        for (Postponed each : List.of(postponed, other, postponed, other)) {
            each.step(601_000, subject -> {
                LockSupport.parkNanos(1_000_000);
                done.add(subject);
            });
        }

        // Then
        assertThat(keys(done)).contains("a0", "b0").hasSizeLessThan(200);
    }

    @Test
    void whenMoreWaitThanMayTheFirstAreWorkedOffQueueOrNot() {
        // Given
        new Pace(Duration.ofMillis(100)).polled(1_000, System.nanoTime());
        Backlog small = new Backlog(100, null);
        Postponed few = new Postponed(store, PATIENCE, small);
        for (int i = 0; i < 130; i++) {
            add(few, "s" + i, "src.one", 1_000);
        }
        List<Postponed.Subject> done = new ArrayList<>();

        // When
        while (small.subjects() > 100) {
            few.step(1_000, done::add);
        }
        few.step(1_000, done::add);

        // Then
        assertThat(keys(done)).startsWith("s0", "s1").hasSize(30);
    }

    @Test
    void aStageWaitsForTheOneBefore() {
        // Given
        Backlog before = new Backlog();
        Postponed behind = new Postponed(store, PATIENCE, new Backlog(before));
        before.add(1);
        add(behind, "a", "base.one", 1_000);

        // When / Then
        assertThat(take(behind, 60_000)).isEmpty();
        assertThat(keys(take(behind, 601_000))).as("but not for ever").containsExactly("a");
        add(behind, "b", "base.one", 602_000);
        before.add(-1);
        assertThat(keys(take(behind, 603_000))).containsExactly("b");
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
        assertThat(keys(take(again, 3_000))).containsExactly("b", "a", "c");
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
        assertThat(take(never, Long.MAX_VALUE)).isEmpty();
    }

    private static void add(Postponed postponed, String subject, String source, long now) {
        assertThat(postponed.add(key(subject), source, now, now)).isTrue();
    }

    private static byte[] key(String subject) {
        return subject.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Postponed.Subject> take(Postponed postponed, long now) {
        List<Postponed.Subject> taken = new ArrayList<>();
        for (Postponed.Subject next = postponed.next(now); next != null; next = postponed.next(now)) {
            taken.add(next);
        }
        return taken;
    }

    private static List<String> keys(List<Postponed.Subject> taken) {
        return taken.stream()
                .map(subject -> new String(subject.key().get(), StandardCharsets.UTF_8))
                .toList();
    }
}
