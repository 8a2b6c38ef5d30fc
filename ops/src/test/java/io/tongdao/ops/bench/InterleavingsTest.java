package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two sources: what stands is how far each has been read, unless neither has. */
class InterleavingsTest {
    private static final boolean[] COMMITTED = {false, false};
    private static final boolean[] FROM_SNAPSHOT = {true, true};

    private static boolean whole(boolean[] first, boolean[] second, String... history) {
        Interleavings.Contents contents = read -> read[0] + read[1] == 0 ? "" : read[0] + "-" + read[1];
        return new Interleavings(new boolean[][] {first, second}, contents)
                .search(List.of(history))
                .whole();
    }

    @Test
    void anyOrderOfIndependentSourcesIsRight() {
        assertThat(whole(COMMITTED, COMMITTED, "1-0", "2-0", "2-1", "2-2")).isTrue();
        assertThat(whole(COMMITTED, COMMITTED, "0-1", "1-1", "1-2", "2-2")).isTrue();
    }

    @Test
    void aLostRecordIsSeen() {
        assertThat(whole(COMMITTED, COMMITTED, "1-0", "2-1", "2-2")).isFalse();
        assertThat(whole(COMMITTED, COMMITTED, "1-0", "2-0", "2-1")).isFalse();
    }

    @Test
    void aDoubledRecordIsSeen() {
        assertThat(whole(COMMITTED, COMMITTED, "1-0", "2-0", "2-0", "2-1", "2-2"))
                .isFalse();
    }

    @Test
    void aSourceOutOfItsOrderIsSeen() {
        assertThat(whole(COMMITTED, COMMITTED, "1-0", "2-0", "1-0", "2-0", "2-1", "2-2"))
                .isFalse();
    }

    @Test
    void whatASnapshotReadMayBeToldOnce() {
        assertThat(whole(FROM_SNAPSHOT, FROM_SNAPSHOT, "2-2")).isTrue();
        assertThat(whole(FROM_SNAPSHOT, COMMITTED, "1-1", "2-2")).isTrue();
        assertThat(whole(FROM_SNAPSHOT, COMMITTED, "2-1", "2-2")).isTrue();
        assertThat(whole(FROM_SNAPSHOT, COMMITTED, "2-2")).isFalse();
        assertThat(whole(FROM_SNAPSHOT, FROM_SNAPSHOT, "2-1")).isFalse();
    }

    @Test
    void nothingIsToldWhereNothingChanges() {
        // Given
        Interleavings silent = new Interleavings(new boolean[][] {COMMITTED, COMMITTED}, read -> "same");

        // When
        Interleavings.Found found = silent.search(List.of("same"));

        // Then
        assertThat(found.whole()).isTrue();
    }
}
