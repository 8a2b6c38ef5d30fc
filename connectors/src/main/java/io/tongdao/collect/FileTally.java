package io.tongdao.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What one file has brought so far. Read by others while it grows. */
final class FileTally {
    /** A receipt names so many rows in quarantine; all of them are in flag.reject. */
    private static final int NAMED = 1000;

    private final List<Refusal> refusals = new ArrayList<>();
    final AtomicLong rows = new AtomicLong();
    long unchanged;
    long ended;
    long unheld;
    long rejected;

    /** A row that was not taken: where it stands, the catalogue's name of the item at fault, and why. */
    record Refusal(long line, String item, String code) {}

    void refused(Refusal refusal) {
        rejected++;
        if (refusals.size() < NAMED) {
            refusals.add(refusal);
        }
    }

    /** The first of them. */
    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }
}
