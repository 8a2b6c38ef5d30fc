package io.tongdao.runtime;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * When a stream thread commits, and how it shares its time. A change that comes to a thread at rest is committed at once. While changes
 * come, they share a transaction for so many times as long as the last commits took, more the longer the queue before the thread is: a thread
 * that commits does nothing else, and a commit costs something for each partition that was written to. While postponed subjects are worked off
 * nobody waits for the newest change, and Kafka Streams' own interval holds ({@link #QUEUED}).
 *
 * <p>One for each stream thread, told of every poll, record and commit by that thread only.
 */
final class Pace {
    /** Of Kafka Streams itself: the longest time between commits. */
    static final Duration QUEUED = Duration.ofSeconds(2);

    private static final long QUEUE = 1_000;
    /** Work between two commits, in times of what a commit takes: without a queue, and with one of {@link #QUEUE} or more. */
    private static final int CALM_WORK = 2;

    private static final int QUEUED_WORK = 10;
    /** A commit's cost follows the commits seen: a new one counts so much. */
    private static final int NEWEST = 4;

    /** So long after a step of {@link Postponed} that had work, the thread is taken to have more. */
    private static final long CATCHING_UP = 2 * Postponed.STEP.toNanos();

    /** Of the thread's time, records have so many parts for one of the postponed subjects' while a queue stands, and one while records come. */
    private static final int QUEUED_PARTS = 9;

    /** Work beside the changes has its share of each of these, so that none waits for more of it. */
    private static final long WINDOW = Duration.ofMillis(100).toNanos();

    private static final ThreadLocal<@Nullable Pace> OF_THREAD = new ThreadLocal<>();

    private final long shared;
    private @Nullable ProcessorContext<?, ?> uncommitted;
    private long asked;
    private long waiting;
    private long commitBegan;
    private boolean committing;
    private long commitCost;
    private long postponed = Long.MIN_VALUE / 2;
    private long lastStep = System.nanoTime() - CATCHING_UP;
    private long turn = 1;
    private long turnSpent;
    private boolean recordsInTurn;
    private long window = System.nanoTime();
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

    /** For tests: their threads are many tests'. */
    static void leave() {
        OF_THREAD.remove();
    }

    /** @param waiting records of this thread that wait at the broker */
    void polled(long waiting, long now) {
        OF_THREAD.set(this);
        this.waiting = waiting;
        committing = false;
        commit(now);
    }

    /** The thread begins a commit, or goes on with one. */
    void committing(long now) {
        if (!committing) {
            committing = true;
            commitBegan = now;
        }
    }

    /** A commit has ended. */
    void committed(long now) {
        committing(now);
        committing = false;
        commitCost += (now - commitBegan - commitCost) / NEWEST;
        asked = now;
    }

    /** The least time from one commit's end to the next that is asked for. */
    long gap() {
        long work = CALM_WORK * QUEUE + (QUEUED_WORK - CALM_WORK) * Math.min(waiting, QUEUE);
        return Math.clamp(commitCost * work / QUEUE, shared, QUEUED.toNanos());
    }

    /** A record was processed. */
    void worked(ProcessorContext<?, ?> task, long now) {
        recordsInTurn = true;
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
     * Lets those that postpone subjects on this thread have a step each, and then the records their part of the time.
     *
     * @param mine the turn in which the one that asks had its last step; 0: it had none
     * @return the turn that it may have a step in; its own: none yet
     */
    long turn(long mine, long now) {
        if (mine == turn && now - lastStep >= turnSpent * parts()) {
            turn++;
            turnSpent = 0;
            recordsInTurn = false;
        }
        return turn;
    }

    private int parts() {
        return queued() ? QUEUED_PARTS : recordsInTurn ? 1 : 0;
    }

    /** Postponed subjects were worked off. */
    void stepped(long nanos, long now) {
        turnSpent += nanos;
        lastStep = now;
    }

    /** Whether postponed subjects are being worked off: a queue like one at the broker, without records that a poll could wait for. */
    boolean catchingUp(long now) {
        return now - lastStep < CATCHING_UP;
    }

    /** Whether no rows come that a subject could wait for. */
    boolean quiet(long now, long since) {
        return !queued() && now - postponed >= since;
    }

    /** Whether 1,000 records or more wait at the broker. */
    boolean queued() {
        return waiting >= QUEUE;
    }

    /** Whether this window has time left of a share for work beside the changes; what was taken too much is of the next one's. */
    boolean spare(int percent, long now) {
        long share = WINDOW / 100 * percent;
        if (now - window >= WINDOW) {
            spent = Math.max(0, spent - share * ((now - window) / WINDOW));
            window = now;
        }
        return spent < share;
    }

    void spent(long nanos) {
        spent += nanos;
    }

    private void commit(long now) {
        if (uncommitted != null && !catchingUp(now) && now - asked >= gap()) {
            uncommitted.commit();
            uncommitted = null;
            asked = now;
        }
    }
}
