package io.tongdao.quality;

/** The format byte of this stage's state: older is upgraded when touched, newer refused. */
final class StateFormat {
    private StateFormat() {}

    /** @throws IllegalStateException if a newer version wrote the value */
    static void check(byte format, byte newest) {
        if (format > newest) {
            throw new IllegalStateException("state has format " + format + ", this version reads up to " + newest
                    + ": it was written by a newer Tongdao");
        }
    }
}
