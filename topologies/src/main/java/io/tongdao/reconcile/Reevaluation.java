package io.tongdao.reconcile;

import io.tongdao.runtime.Spare;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Has the golden records of all subjects found anew when the rules are others than those that they were found by: from the claims in
 * state, in small pieces, so that no transaction waits for it. How far it is stands in the store {@code rules-by-base-<kind>} and is
 * resumed after a restart; without claims there is nothing to do.
 */
final class Reevaluation {
    /** Subjects a piece. */
    static final int PIECE = 100;

    /** Percent of a stream thread: changes go on meanwhile, but never hold it up; what is protected now must vanish. */
    private static final int SHARE = 50;

    private static final byte FORMAT = 1;
    private static final Bytes KEY = Bytes.wrap("rules".getBytes(StandardCharsets.UTF_8));
    private static final byte BAR = '|';

    private final KeyValueStore<Bytes, byte[]> claims;
    private final KeyValueStore<Bytes, byte[]> rules;
    private final String fingerprint;
    private final Consumer<byte[]> subject;
    private final Reevaluations.Report report;
    private final StateWriter out = new StateWriter();

    /** @param cursor where the next step begins; null: at the beginning */
    private record State(
            String fingerprint,
            boolean finished,
            long done,
            @Nullable Bytes cursor) {}

    /** @param subject finds the golden records of a subject anew */
    Reevaluation(
            KeyValueStore<Bytes, byte[]> claims,
            KeyValueStore<Bytes, byte[]> rules,
            String fingerprint,
            Consumer<byte[]> subject,
            Reevaluations.Report report) {
        this.claims = claims;
        this.rules = rules;
        this.fingerprint = fingerprint;
        this.subject = subject;
        this.report = report;
    }

    /** @return whether all are found */
    boolean step() {
        State now = begin();
        if (now.finished) {
            return true;
        }
        Spare.use(SHARE, this::piece);
        return false;
    }

    private boolean piece() {
        State now = walk(begin());
        rules.put(KEY, encode(now));
        if (now.done > 0) {
            report.tell(now.done, now.finished);
        }
        return !now.finished;
    }

    /** Has all subjects found anew, from the first on, by the rules that are the same. */
    static void again(KeyValueStore<Bytes, byte[]> rules) {
        rules.delete(KEY);
    }

    private State begin() {
        byte[] held = rules.get(KEY);
        State before = held == null ? null : decode(held);
        return before != null && before.fingerprint.equals(fingerprint)
                ? before
                : new State(fingerprint, false, 0, null);
    }

    private State walk(State from) {
        List<byte[]> subjects = new ArrayList<>(PIECE);
        Bytes cursor = next(claims, from.cursor, PIECE, subjects);
        subjects.forEach(subject);
        return new State(fingerprint, subjects.size() < PIECE, from.done + subjects.size(), cursor);
    }

    /**
     * Gathers the subjects of one piece.
     *
     * @param from where it begins; null: at the beginning
     * @param subjects takes them, fewer than {@code count} if there are no more
     * @return where the next begins
     */
    static @Nullable Bytes next(
            KeyValueStore<Bytes, byte[]> claims, @Nullable Bytes from, int count, List<byte[]> subjects) {
        Bytes cursor = from;
        byte[] next = next(claims, cursor);
        while (next != null && subjects.size() < count) {
            subjects.add(next);
            cursor = ClaimKey.after(next);
            next = subjects.size() < count ? next(claims, cursor) : null;
        }
        return cursor;
    }

    private static byte @Nullable [] next(KeyValueStore<Bytes, byte[]> claims, @Nullable Bytes from) {
        try (KeyValueIterator<Bytes, byte[]> entries = claims.range(from, null)) {
            return entries.hasNext() ? ClaimKey.subject(entries.peekNextKey().get()) : null;
        }
    }

    private byte[] encode(State now) {
        out.begin(FORMAT).text(now.fingerprint).octet(now.finished ? 1 : 0).number(now.done);
        out.octets(now.cursor == null ? new byte[0] : now.cursor.get());
        return out.end();
    }

    private static State decode(byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        String fingerprint = in.text();
        boolean finished = in.octet() == 1;
        long done = in.number();
        byte[] cursor = in.octets();
        return new State(fingerprint, finished, done, cursor.length == 0 ? null : Bytes.wrap(cursor));
    }
}
