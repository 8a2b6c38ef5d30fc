package io.tongdao.ops.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** As many rows are not the same rows. */
class CountTest {
    @Test
    void keysAreComparedNotNumbers() {
        Count swapped = Count.of("database", "d", Set.of("a", "b", "x"), Set.of("a", "b", "c"));
        assertThat(swapped).isEqualTo(new Count("database", "d", 3, 1, 1));
        assertThat(swapped.equal()).isFalse();
        assertThat(Count.of("database", "d", Set.of("a"), Set.of("a")).equal()).isTrue();
        assertThat(Count.of("database", "d", Set.of(), Set.of("a", "b")).missing())
                .isEqualTo(2);
    }

    @Test
    void tokensAreComparedByNumber() {
        assertThat(Count.ofNumbers("topic", "t", 5, 7)).isEqualTo(new Count("topic", "t", 5, 2, 0));
        assertThat(Count.ofNumbers("topic", "t", 7, 5)).isEqualTo(new Count("topic", "t", 7, 0, 2));
        assertThat(Count.ofNumbers("topic", "t", 7, 7).equal()).isTrue();
    }
}
