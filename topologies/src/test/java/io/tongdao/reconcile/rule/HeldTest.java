package io.tongdao.reconcile.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Held.RowPos;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldTest {
    private static final RowId ONE = new RowId(1, 1);
    private static final RowId TWO = new RowId(2, 2);

    @Test
    void onlyWhatIsNewerCounts() {
        // Given
        Held held = next(null, ONE, 5, "a").orElseThrow();

        // When
        Optional<Held> same = next(held, ONE, 5, "b");
        Optional<Held> older = next(held, ONE, 4, "b");
        Optional<Held> newer = next(held, ONE, 6, "b");

        // Then
        assertThat(same).isEmpty();
        assertThat(older).isEmpty();
        assertThat(newer.orElseThrow().claim().items()).containsValue("b");
    }

    @Test
    void aDeletedRowStaysDeletedAgainstLateRecords() {
        // Given
        Held held = next(null, ONE, 5, "a").flatMap(h -> next(h, ONE, 7, null)).orElseThrow();

        // When
        Optional<Held> late = next(held, ONE, 6, "a");
        Optional<Held> again = next(held, ONE, 8, "a");

        // Then
        assertThat(late).isEmpty();
        assertThat(again.orElseThrow().claim()).isNotNull();
    }

    @Test
    void aTombstoneOfAnotherRowLeavesTheOwnersClaim() {
        // Given
        Held held = next(null, ONE, 5, "a").orElseThrow();

        // When
        Held after = next(held, TWO, 9, null).orElseThrow();

        // Then
        assertThat(Held.sameWord(held, after)).isTrue();
        assertThat(after.owner().row()).isEqualTo(ONE);
    }

    @Test
    void aFormerOwnersRecordsAreRecognisedWhenTheyComeAgain() {
        // Given
        Held held = next(null, ONE, 5, "a").flatMap(h -> next(h, TWO, 3, "b")).orElseThrow();

        // When
        Optional<Held> again = next(held, ONE, 5, "a");
        Optional<Held> newer = next(held, ONE, 6, "c");

        // Then
        assertThat(again).isEmpty();
        assertThat(newer.orElseThrow().owner().row()).isEqualTo(ONE);
    }

    @Test
    void aRowThatSaysTheSameKeepsSinceWhen() {
        // Given
        Held held = next(null, ONE, 5, "a").orElseThrow();

        // When
        Held after = next(held, ONE, 6, "a").orElseThrow();

        // Then
        assertThat(after.owner().pos()).isEqualTo(pos(6));
        assertThat(after.claim().since()).isEqualTo(pos(5));
        assertThat(after.claim().at()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(Held.sameWord(held, after)).isTrue();
    }

    private static Optional<Held> next(@Nullable Held held, RowId row, int commit, @Nullable String says) {
        Claim claim = says == null
                ? null
                : new Claim("ga.people", "", pos(commit), Instant.ofEpochMilli(commit), null, Map.of("name", says));
        return Held.next(held, new RowPos(row, pos(commit)), claim, 0);
    }

    private static Pos pos(int commit) {
        return new Pos(1, commit, 0, 0);
    }
}
