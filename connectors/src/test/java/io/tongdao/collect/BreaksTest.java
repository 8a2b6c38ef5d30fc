package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreaksTest {
    private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");
    private final Breaks breaks = new Breaks();

    @Test
    void pausesGrowUpToHalfAMinute() {
        var pauses = IntStream.range(0, 8).mapToObj(i -> {
            breaks.began(START);
            return breaks.broke("away", START.plusSeconds(i)).toSeconds();
        });

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        assertThat(breaks.count()).isEqualTo(8);
    }

    @Test
    void aReadingThatHeldForAMinuteHasRecovered() {
        breaks.broke("away", START);
        breaks.broke("away", START);
        assertThat(breaks.problem(START.plus(Duration.ofDays(1)))).isEqualTo("away");

        breaks.began(START);

        assertThat(breaks.problem(START.plusSeconds(59))).isEqualTo("away");
        assertThat(breaks.problem(START.plusSeconds(60))).isNull();
        assertThat(breaks.broke("away again", START.plusSeconds(60))).isEqualTo(Duration.ofSeconds(1));
        assertThat(breaks.problem(START.plusSeconds(61))).isEqualTo("away again");
    }

    @Test
    void nothingIsSaidWhereNothingBroke() {
        assertThat(breaks.problem(START)).isNull();
        assertThat(breaks.count()).isZero();
    }
}
