package io.tongdao.ops.province;

import java.util.List;

/**
 * Chance that can be asked again: the same (seed, topic, index) gives the same sequence, so any row of the province can be made
 * alone, in any order, without a list of those before it. SplitMix64; not for secrets.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private long state;

    Dice(long seed, String topic, long index) {
        state = mix(seed + GOLDEN * (topic.hashCode() + 1L)) ^ mix(index * GOLDEN + 1);
    }

    /** A number in {@code [0, bound)}. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** A number in {@code [from, to]}. */
    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    boolean percent(int share) {
        return below(100) < share;
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
