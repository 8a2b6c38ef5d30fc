package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A row that was changed shortly before it was read must not be told from the reading: it may be the older one. */
class RecentChangesTest {
    private final AtomicLong now = new AtomicLong();
    private final RecentChanges changes = new RecentChanges(now::get);

    private static byte[] row(int number) {
        return new byte[] {(byte) number};
    }

    private void seconds(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aChangeIsKeptForAMinuteBeforeTheChunkAndHoweverLongTheChunkTakes() {
        // Given
        changes.changed(row(1));
        seconds(50);
        changes.chunk();

        // When
        seconds(3600);

        // Then
        assertThat(changes.contains(row(1))).isTrue();
        assertThat(changes.contains(row(2))).isFalse();
    }

    @Test
    void aChangeIsForgottenOnceEveryReaderSeesIt() {
        // Given
        changes.changed(row(1));
        seconds(61);
        changes.chunk();
        boolean kept = changes.contains(row(1));

        // When
        seconds(61);
        changes.chunk();

        // Then
        assertThat(kept).isTrue();
        assertThat(changes.contains(row(1))).isFalse();
    }
}
