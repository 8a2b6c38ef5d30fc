package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.runtime.Sweep;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The store {@code subjects-<kind>}: under {@code subject|} all that a task knows of a subject, read once and written once for whatever a
 * record changes of it; and, of datasets that have very many rows about it, each row under {@link ClaimKey a key of its own}. Several
 * processors of a task may have one each: nothing stays open between records.
 */
final class SubjectStore {
    private final SubjectKind kind;
    private final KeyValueStore<Bytes, byte[]> store;
    private final HeldFormat format;
    private final StateWriter out = new StateWriter();
    private final StateWriter parts = new StateWriter();
    private @Nullable SubjectState open;

    SubjectStore(SubjectKind kind, KeyValueStore<Bytes, byte[]> store, StateNames names) {
        this.kind = kind;
        this.format = new HeldFormat(names);
        this.store = store;
    }

    /** A subject, open until another one is asked for, or until {@link #close}. */
    SubjectState of(byte[] subject) {
        SubjectState now = open;
        if (now == null || !now.is(subject)) {
            close();
            byte[] value = store.get(ClaimKey.prefix(subject));
            now = value == null
                    ? new SubjectState(kind, subject, format)
                    : SubjectState.decode(kind, subject, value, format);
            open = now;
        }
        return now;
    }

    /** Writes what has changed of the open subject, which stays open. */
    void write() {
        if (open != null && open.changed()) {
            store.put(ClaimKey.prefix(open.subject()), open.empty() ? null : open.encode(out, parts));
            open.written();
        }
    }

    /** Writes what has changed; to be called when all is done that a record brings about. */
    void close() {
        write();
        open = null;
    }

    /** How rows are written here. */
    HeldFormat format() {
        return format;
    }

    /** The store itself, for walks and for rows that lie apart. */
    KeyValueStore<Bytes, byte[]> store() {
        return store;
    }

    /** Forgets what was deleted long ago. */
    Sweep sweep(Duration remember) {
        return new Sweep(store, this::forget, remember);
    }

    /** A dataset's rows about a subject that lie apart; to be closed. */
    KeyValueIterator<Bytes, byte[]> apart(SubjectState state, String dataset) {
        byte[] subject = state.subject();
        return store.range(ClaimKey.of(subject, new ClaimKey(dataset, "")), ClaimKey.after(subject, dataset));
    }

    /** Whether even those are forgotten that were deleted. */
    private boolean nothingApart(SubjectState state, String dataset) {
        try (KeyValueIterator<Bytes, byte[]> rows = apart(state, dataset)) {
            return !rows.hasNext();
        }
    }

    private byte @Nullable [] forget(Bytes key, byte[] value, long before) {
        if (!ClaimKey.isSubject(key)) {
            Long at = HeldFormat.deletedAt(value);
            return at != null && at < before ? null : value;
        }
        SubjectState state = SubjectState.decode(kind, ClaimKey.subject(key.get()), value, format);
        state.forget(before);
        List.copyOf(state.apart()).stream()
                .filter(dataset -> state.speakers(dataset).none() && nothingApart(state, dataset))
                .forEach(dataset -> state.apart(dataset, null));
        return !state.changed() ? value : state.empty() ? null : state.encode(out, parts);
    }
}
