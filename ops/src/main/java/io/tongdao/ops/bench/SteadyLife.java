package io.tongdao.ops.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets registers live on a thread of its own, at a steady rate as far as it is allowed, until it is closed. */
final class SteadyLife implements AutoCloseable {
    private static final long TURN_MILLIS = 20;
    private final RegisterLife life;
    private final int rate;
    private final Thread thread;
    private final AtomicLong steps = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failed = new AtomicReference<>();
    private volatile boolean going = true;
    private volatile long most;

    private SteadyLife(RegisterLife life, int rate) {
        this.life = life;
        this.rate = rate;
        this.thread = new Thread(this::live, "registers");
    }

    /** @param rate commits a second */
    static SteadyLife start(RegisterLife life, int rate) {
        SteadyLife steady = new SteadyLife(life, rate);
        steady.thread.setDaemon(true);
        steady.thread.start();
        return steady;
    }

    private void live() {
        long begin = System.nanoTime();
        try {
            while (going) {
                long due = Math.min(most, (System.nanoTime() - begin) * rate / 1_000_000_000L);
                while (steps.get() < due && going) {
                    life.step();
                    steps.incrementAndGet();
                }
                Thread.sleep(TURN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // of this thread, for the one that closes
            failed.set(e);
        }
    }

    /** So many commits more than so far, at most: what a slow machine does not get to would have to be remembered. */
    void allow(long more) {
        most = steps.get() + more;
    }

    /** Commits so far. */
    long steps() {
        return steps.get();
    }

    /** Returns when the last commit is written. */
    @Override
    public void close() throws InterruptedException {
        going = false;
        thread.join();
        RuntimeException e = failed.get();
        if (e != null) {
            throw new BenchFailed("the registers' life ended", e);
        }
    }
}
