package io.tongdao.ops.incident;

import java.io.IOException;
import java.util.Optional;

/** One thing that destroying an incident takes away, and how it is proven that it is gone. Both may be done any number of times. */
interface Trace {
    /** What it is, Chinese first. */
    String kind();

    String name();

    /** Takes it away as far as it is there. */
    void remove() throws IOException;

    /** What is left of it; empty: nothing. */
    Optional<String> left() throws IOException;

    /** By what was looked at that nothing is left. */
    String proof();
}
