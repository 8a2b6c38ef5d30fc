package io.tongdao.collect;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The rows of one table that changed while it is being read again beside its stream. A row that the reading brings after its own change
 * says nothing new, and may be older than the change: a database may send a commit before it shows it to readers. Such a row is left out
 * (ops/decisions/0120).
 *
 * <p>Changes are forgotten at the beginning of a chunk, once they are a minute older than it: any later read sees them.
 */
final class RecentChanges {
    private static final long KEPT = TimeUnit.MINUTES.toNanos(1);
    private final LongSupplier nanos;
    private Set<ByteBuffer> current = new HashSet<>();
    private Set<ByteBuffer> earlier = new HashSet<>();
    private long turned;

    RecentChanges(LongSupplier nanos) {
        this.nanos = nanos;
        this.turned = nanos.getAsLong();
    }

    /** @param row the digest of its primary key */
    void changed(byte[] row) {
        current.add(ByteBuffer.wrap(row));
    }

    boolean contains(byte[] row) {
        ByteBuffer key = ByteBuffer.wrap(row);
        return current.contains(key) || earlier.contains(key);
    }

    /** A chunk has just been read. */
    void chunk() {
        long now = nanos.getAsLong();
        if (now - turned > KEPT) {
            earlier = current;
            current = new HashSet<>();
            turned = now;
        }
    }
}
