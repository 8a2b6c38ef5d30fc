package io.tongdao.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.Gen;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PosTest {
    private static final long SEED = 7;

    @Test
    void bytesSortAsPositionsDo() {
        Gen gen = new Gen(SEED);
        for (int n = 0; n < 20_000; n++) {
            // Given
            Pos a = random(gen);
            Pos b = near(gen, a);
            // When
            int byBytes = Arrays.compareUnsigned(a.bytes(), b.bytes());
            // Then
            assertThat(Integer.signum(byBytes))
                    .as("seed %d, pair %d", SEED, n)
                    .isEqualTo(Integer.signum(a.compareTo(b)));
            assertThat(Pos.parse(a.bytes())).isEqualTo(a);
            assertThat(a.bytes()).hasSize(Pos.WIDTH);
        }
    }

    @Test
    void aSnapshotRowIsOlderThanEveryChangeStreamedAfterIt() {
        assertThat(new Pos(1, 0, Long.MAX_VALUE, 9)).isLessThan(new Pos(1, 1, 0, 0));
        assertThat(new Pos(1, Long.MAX_VALUE, 0, 0)).isLessThan(new Pos(1, Long.MIN_VALUE, 0, 0));
        assertThat(new Pos(1, Long.MAX_VALUE, 0, 0)).isLessThan(new Pos(2, 0, 0, 0));
    }

    @Test
    void versionsReadBackAndSort() {
        assertThat(Ver.parse(new Ver(3, 42).bytes())).isEqualTo(new Ver(3, 42));
        assertThat(new Ver(2, 1)).isGreaterThan(new Ver(1, 9));
    }

    private static Pos random(Gen gen) {
        return new Pos((int) gen.bits(), gen.bits(), gen.bits(), (int) gen.bits());
    }

    /** Differs in the last parts only, so that those are compared too. */
    private static Pos near(Gen gen, Pos a) {
        return switch (gen.below(4)) {
            case 0 -> random(gen);
            case 1 -> new Pos(a.epoch(), gen.bits(), gen.bits(), a.ordinal());
            case 2 -> new Pos(a.epoch(), a.commit(), gen.bits(), a.ordinal());
            default -> new Pos(a.epoch(), a.commit(), a.change(), a.ordinal() + gen.below(3) - 1);
        };
    }
}
