package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.index.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one Kafka partition since its last commit, by key: a key's last op, or the few that still depend on what it held. */
final class Batch {
    private static final int OVERHEAD = 96;

    private final Map<Key, Ops> ops = new HashMap<>();
    private long bytes;

    void add(byte[] key, Op op) {
        bytes += key.length + (op.value() == null ? 0 : op.value().length) + OVERHEAD;
        ops.merge(
                new Key(key),
                new Ops(op, null),
                (before, now) -> op.covers(before.last()) ? before.replaced(op) : before.then(op));
    }

    boolean isEmpty() {
        return ops.isEmpty();
    }

    int size() {
        return ops.size();
    }

    /** Roughly the memory held. */
    long bytes() {
        return bytes;
    }

    List<byte[]> sortedKeys() {
        List<byte[]> keys = new ArrayList<>(ops.size());
        ops.keySet().forEach(key -> keys.add(key.bytes));
        keys.sort(Arrays::compareUnsigned);
        return keys;
    }

    /** The op that decides what the key holds from now on, or null if all of them were known before. */
    @Nullable
    Op decide(byte[] key, @Nullable Entry held) {
        Ops all = ops.get(new Key(key));
        return all == null ? null : all.decide(held);
    }

    void clear() {
        ops.clear();
        bytes = 0;
    }

    /** The ops of one key; almost always one. */
    private record Ops(Op last, @Nullable Ops before) {
        Ops replaced(Op op) {
            return new Ops(op, before);
        }

        Ops then(Op op) {
            return new Ops(op, this);
        }

        @Nullable
        Op decide(@Nullable Entry held) {
            Op earlier = before == null ? null : before.decide(held);
            Entry now = earlier == null ? held : earlier.entry(0, 0);
            return last.changes(now) ? last : earlier;
        }
    }

    private static final class Key {
        private final byte[] bytes;
        private final int hash;

        Key(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(@Nullable Object that) {
            return that instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
