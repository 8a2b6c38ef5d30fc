package io.tongdao.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** How many subjects wait in the tasks of one stage of this process: its input is read, its work is not done. */
public final class Backlog {
    private final AtomicLong subjects = new AtomicLong();

    void add(long more) {
        subjects.addAndGet(more);
    }

    public long subjects() {
        return subjects.get();
    }
}
