package io.tongdao.release;

/** How often something of one subject was released under one grant, and from when to when; milliseconds since the epoch. */
final class LedgerTally {
    private final long first;
    private long last;
    private long records;
    private long tombstones;

    LedgerTally(long first) {
        this.first = first;
        this.last = first;
    }

    void add(boolean tombstone, long at) {
        last = Math.max(last, at);
        if (tombstone) {
            tombstones++;
        } else {
            records++;
        }
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    long records() {
        return records;
    }

    long tombstones() {
        return tombstones;
    }
}
