package io.tongdao.runtime;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * When a stream thread commits. A change that comes to a thread at rest is committed at once; while changes come, they share a transaction
 * for a while; and while a queue stands before the thread, a longer one ({@link #QUEUED}): nobody then waits for the newest change, and a
 * transaction costs something for each partition that it writes to.
 *
 * <p>One for each stream thread, told of every poll and every record by that thread only.
 */
final class Pace {
    /** Of Kafka Streams itself: the longest time between commits. */
    static final Duration QUEUED = Duration.ofMillis(500);

    private static final long QUEUE = 1_000;
    /** Two steps of {@link Postponed}: so long after one that left some, more are taken to wait. */
    private static final Duration LATE = Postponed.STEP.multipliedBy(2);

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final ThreadLocal<@Nullable Pace> OF_THREAD = new ThreadLocal<>();

    private final long shared;
    private @Nullable ProcessorContext<?, ?> uncommitted;
    private long asked;
    private boolean queued;
    private long postponed = Long.MIN_VALUE / 2;
    private long late = System.nanoTime() - LATE.toNanos();
    private long second = System.nanoTime();
    private long spent;

    /** @param shared the least time between commits that are asked for */
    Pace(Duration shared) {
        this.shared = shared.toNanos();
        this.asked = System.nanoTime() - this.shared;
    }

    /** Null on a thread that no {@link PacedClients} serve, as in tests of topologies without a broker. */
    static @Nullable Pace ofThread() {
        return OF_THREAD.get();
    }

    /** The thread has no consumer any more. */
    static void leave() {
        OF_THREAD.remove();
    }

    /** @param waiting records of this thread that wait at the broker */
    void polled(long waiting, long now) {
        OF_THREAD.set(this);
        queued = waiting >= QUEUE;
        commit(now);
    }

    /** A record was processed. */
    void worked(ProcessorContext<?, ?> task, long now) {
        uncommitted = task;
        commit(now);
    }

    /**
     * A task of this thread postponed a subject. The tasks of a thread take turns: that one of them has no rows for a while says nothing.
     *
     * @param now wall clock in milliseconds
     */
    void postponed(long now) {
        postponed = now;
    }

    /**
     * A task of this thread worked off postponed subjects, and more may wait: a queue like one at the broker.
     *
     * @param nanos {@link System#nanoTime()}
     */
    void workedOff(long nanos) {
        late = nanos;
    }

    /** Whether postponed subjects wait whose turn has come. */
    boolean late() {
        return late(System.nanoTime());
    }

    /** Whether no rows come that a subject could wait for. */
    boolean quiet(long now, long since) {
        return !queued && now - postponed >= since;
    }

    /** Whether 1,000 records or more wait at the broker. */
    boolean queued() {
        return queued;
    }

    /** Whether this second has time left of a share for work beside the changes. */
    boolean spare(int percent, long now) {
        if (now - second >= SECOND) {
            second = now;
            spent = 0;
        }
        return spent < SECOND / 100 * percent;
    }

    void spent(long nanos) {
        spent += nanos;
    }

    private boolean late(long now) {
        return now - late < LATE.toNanos();
    }

    private void commit(long now) {
        if (uncommitted != null && !queued && !late(now) && now - asked >= shared) {
            uncommitted.commit();
            uncommitted = null;
            asked = now;
        }
    }
}
