package io.tongdao.runtime;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many subjects wait in the tasks of one stage of this process: its input is read, its work is not done. */
public final class Backlog {
    /** What one is taken to need of the heap: 225 were measured for one with three sources. */
    private static final long BYTES = 500;

    /** Those of a stage may take one of so many parts of the heap. */
    private static final int PARTS_OF_HEAP = 10;

    private final AtomicLong subjects = new AtomicLong();
    private final long most;
    private final @Nullable Backlog before;

    /** As many as fit into a tenth of the heap: 240,000 of 1,200 MB. */
    public Backlog() {
        this(null);
    }

    /** @param before of the stage that this one waits for, as far as it runs in this process; null: it waits for none */
    public Backlog(@Nullable Backlog before) {
        this(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP / BYTES, before);
    }

    Backlog(long most, @Nullable Backlog before) {
        this.most = most;
        this.before = before;
    }

    /** Whether records are still to come from the stage before. */
    boolean behind() {
        return before != null && before.subjects() > 0;
    }

    /** Whether more wait than may. */
    boolean full() {
        return subjects.get() > most;
    }

    void add(long more) {
        subjects.addAndGet(more);
    }

    public long subjects() {
        return subjects.get();
    }
}
