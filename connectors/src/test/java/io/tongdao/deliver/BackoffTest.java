package io.tongdao.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is away is asked ever more rarely, and at least once a minute. */
class BackoffTest {
    @Test
    void waitsTwiceAsLongEachTimeAtMostAMinute() {
        // Given
        Backoff backoff = new Backoff();
        Instant now = Instant.EPOCH;
        // When / Then
        assertThat(backoff.due(now)).isTrue();
        for (int wait : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            backoff.failed(now);
            assertThat(backoff.due(now.plusSeconds(wait).minusMillis(1))).isFalse();
            now = now.plusSeconds(wait);
            assertThat(backoff.due(now)).isTrue();
        }
        backoff.over();
        backoff.failed(now);
        assertThat(backoff.due(now.plusSeconds(1))).isTrue();
    }
}
