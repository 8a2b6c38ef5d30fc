package io.tongdao.ops.demo;

import java.util.Arrays;

/** Milliseconds, kept whole: a demo has some thousands. Thread-safe. */
public final class Latencies {
    private long[] values = new long[1024];
    private int count;

    public synchronized void add(long millis) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = Math.max(0, millis);
    }

    public synchronized int count() {
        return count;
    }

    /** @param share 0.5 for the median; 0 where nothing was measured */
    public synchronized long percentile(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, (long) Math.floor(share * count))];
    }
}
