package io.tongdao.quality;

import org.jspecify.annotations.Nullable;

/** What a processor of this stage sends on. */
sealed interface Outgoing {
    byte @Nullable [] bytes();

    /** To {@code flag.quality}; null is a tombstone. */
    record Flag(byte @Nullable [] bytes) implements Outgoing {}

    /** To where equal values meet. */
    record Value(byte[] bytes) implements Outgoing {}
}
