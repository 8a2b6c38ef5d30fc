package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.collect.SourceState.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a collection goes on from whatever a kill, an order, a gap or a new catalogue left in ctl.source. */
class CourseTest {
    private final Map<String, SourceState> known = new HashMap<>();
    private final Map<String, String> definitions = new HashMap<>(Map.of("a.x", "dx", "a.y", "dy"));
    private final Map<String, Long> resnapshots = new HashMap<>();
    private long heal;
    private boolean beside = true;
    private Set<String> blocked = Set.of();

    private void remembers(String dataset, int epoch, State state, long ordered, @Nullable String definition) {
        known.put(dataset, new SourceState(epoch, state, "a-db", "run", Instant.EPOCH, 3, ordered, definition));
    }

    private Course course() {
        return Course.of(
                new Course.Wanted(definitions, blocked, heal, dataset -> resnapshots.getOrDefault(dataset, 0L), beside),
                known);
    }

    private static Course.Step step(int epoch, State state, long ordered, String definition) {
        return new Course.Step(epoch, state, ordered, definition);
    }

    @Test
    void whatCanNotBeReadBesideItsStreamIsReadAnewWithAllOthers() {
        // Given
        beside = false;
        remembers("a.x", 4, State.STREAMING, 0, "dx");
        remembers("a.y", 2, State.STREAMING, 0, "dy");

        // When
        Course onward = course();
        resnapshots.put("a.y", 9L);
        Course anew = course();
        blocked = Set.of("a.y");
        Course unfit = course();

        // Then
        assertThat(onward.kind()).isEqualTo(Course.Kind.STREAM);
        assertThat(anew.kind()).isEqualTo(Course.Kind.SNAPSHOT);
        assertThat(anew.generation()).isEqualTo(4);
        assertThat(anew.steps())
                .containsEntry("a.x", step(5, State.SNAPSHOTTING, 0, "dx"))
                .containsEntry("a.y", step(3, State.SNAPSHOTTING, 9, "dy"));
        assertThat(unfit.kind()).isEqualTo(Course.Kind.STREAM);
    }

    @Test
    void theFirstStartReadsAllInOneView() {
        // When
        Course course = course();

        // Then
        assertThat(course.kind()).isEqualTo(Course.Kind.SNAPSHOT);
        assertThat(course.generation()).isEqualTo(1);
        assertThat(course.steps()).containsEntry("a.x", step(1, State.SNAPSHOTTING, 0, "dx"));
    }

    @Test
    void aStreamGoesOnAsItWas() {
        // Given
        remembers("a.x", 2, State.STREAMING, 0, "dx");
        remembers("a.y", 5, State.REREADING, 0, "dy");

        // When
        Course course = course();

        // Then
        assertThat(course.kind()).isEqualTo(Course.Kind.STREAM);
        assertThat(course.generation()).isEqualTo(3);
        assertThat(course.steps())
                .containsEntry("a.x", step(2, State.STREAMING, 0, "dx"))
                .containsEntry("a.y", step(5, State.REREADING, 0, "dy"));
        assertThat(course.rereads()).containsExactly("a.y");
    }

    @Test
    void aSnapshotThatWasBrokenOffBeginsAnewWithAllTables() {
        // Given
        remembers("a.x", 2, State.STREAMING, 0, "dx");
        remembers("a.y", 5, State.SNAPSHOTTING, 0, "dy");

        // When
        Course course = course();

        // Then
        assertThat(course.kind()).isEqualTo(Course.Kind.SNAPSHOT);
        assertThat(course.generation()).isEqualTo(4);
        assertThat(course.epochs()).isEqualTo(Map.of("a.x", 3, "a.y", 6));
    }

    @Test
    void anOrderIsObeyedOnceAndByItsDatasetOnly() {
        // Given
        remembers("a.x", 2, State.STREAMING, 4, "dx");
        remembers("a.y", 5, State.STREAMING, 4, "dy");
        resnapshots.put("a.x", 4L);
        resnapshots.put("a.y", 7L);

        // When
        Course course = course();

        // Then
        assertThat(course.steps())
                .containsEntry("a.x", step(2, State.STREAMING, 4, "dx"))
                .containsEntry("a.y", step(6, State.REREADING, 7, "dy"));
    }

    @Test
    void aTableThatDoesNotFitIsNotReadAgain() {
        // Given
        remembers("a.x", 2, State.STREAMING, 0, "dx");
        remembers("a.y", 5, State.STREAMING, 0, "dy");
        resnapshots.put("a.y", 7L);
        blocked = Set.of("a.y");

        // When
        Course course = course();

        // Then
        assertThat(course.steps()).containsEntry("a.y", step(5, State.STREAMING, 7, "dy"));
    }

    @Test
    void aNewTableAndAChangedOneAreReadBesideTheStream() {
        // Given
        remembers("a.x", 2, State.STREAMING, 0, "before");

        // When
        Course course = course();

        // Then
        assertThat(course.kind()).isEqualTo(Course.Kind.STREAM);
        assertThat(course.steps())
                .containsEntry("a.x", step(3, State.REREADING, 0, "dx"))
                .containsEntry("a.y", step(1, State.REREADING, 0, "dy"));
    }

    @Test
    void aTableThatComesBackGoesOnAboveItsOldEpoch() {
        // Given
        remembers("a.x", 2, State.STREAMING, 0, "dx");
        remembers("a.y", 5, State.ENDED, 0, "dy");

        // When
        Course course = course();

        // Then
        assertThat(course.steps()).containsEntry("a.y", step(6, State.REREADING, 0, "dy"));
    }

    @Test
    void aGapWaitsUntilSomebodyHealsIt() {
        // Given
        remembers("a.x", 2, State.LOST, 0, "dx");
        remembers("a.y", 5, State.STREAMING, 0, "dy");
        resnapshots.put("a.y", 3L);

        // When
        Course waits = course();
        heal = 9;
        Course healed = course();

        // Then
        assertThat(waits.kind()).isEqualTo(Course.Kind.WAIT);
        assertThat(healed.kind()).isEqualTo(Course.Kind.SNAPSHOT);
        assertThat(healed.steps())
                .containsEntry("a.x", step(3, State.SNAPSHOTTING, 9, "dx"))
                .containsEntry("a.y", step(6, State.SNAPSHOTTING, 9, "dy"));
    }

    @Test
    void statesOfTheFirstVersionGoOn() {
        // Given
        known.put("a.x", new SourceState(4, State.STREAMING, "a-db", "run", Instant.EPOCH, 0, 0, null));
        known.put("a.y", new SourceState(4, State.STREAMING, "a-db", "run", Instant.EPOCH, 0, 0, null));

        // When
        Course course = course();

        // Then
        assertThat(course.generation()).isEqualTo(4);
        assertThat(course.steps()).containsEntry("a.x", step(4, State.STREAMING, 0, "dx"));
    }
}
