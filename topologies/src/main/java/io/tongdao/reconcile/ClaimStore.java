package io.tongdao.reconcile;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Held.RowPos;
import io.tongdao.reconcile.rule.RowId;
import io.tongdao.reconcile.rule.Speakers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one task: takes what is newer, and gathers what all sources say of a subject. Where a dataset has very many rows about a subject,
 * they lie apart, and of most datasets only those are read that speak.
 */
final class ClaimStore {
    private final SubjectStore subjects;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Set<String> whole;
    private final int many;
    private final HeldFormat format;

    /**
     * @param whole the datasets of which all rows are always heard
     * @param many so many rows of one dataset lie with their subject; of more those of another dataset are heard that speak
     */
    ClaimStore(SubjectStore subjects, Set<String> whole, int many) {
        this.subjects = subjects;
        this.store = subjects.store();
        this.format = subjects.format();
        this.whole = whole;
        this.many = many;
    }

    /** What a row said of its subject, and what it says now; null: nothing. */
    record Change(
            ClaimKey key, @Nullable Claim before, @Nullable Claim after) {}

    /** @return null: the row says what it said */
    @Nullable
    Change take(ClaimReader reader, byte[] subject, Record<byte[], byte[]> input, long now) {
        SubjectState state = subjects.of(subject);
        ClaimKey at = ClaimKey.of(reader.dataset(), input.key(), subject.length);
        Held held = held(state, at);
        RowPos row = row(input.headers());
        Claim claim = input.value() == null
                ? null
                : reader.read(input.value(), state.text(), at.row(), row.pos(), Lineage.at(input.headers()));
        Optional<Held> next = Held.next(held, row, claim, now);
        if (next.isEmpty()) {
            return null;
        }
        hold(state, at, next.get());
        return change(at, held, next.get());
    }

    private static @Nullable Change change(ClaimKey key, @Nullable Held before, Held after) {
        return Held.sameWord(before, after)
                ? null
                : new Change(key, before == null ? null : before.claim(), after.claim());
    }

    /** A claim that another task sends; null: it is heard no longer. */
    @Nullable
    Change put(byte[] subject, ClaimKey at, @Nullable Held held) {
        SubjectState state = subjects.of(subject);
        Held before = held(state, at);
        hold(state, at, held);
        if (held != null) {
            return change(at, before, held);
        }
        return before == null ? null : new Change(at, before.claim(), null);
    }

    private @Nullable Held held(SubjectState state, ClaimKey at) {
        if (!state.apart(at.dataset())) {
            return state.held(at);
        }
        byte[] bytes = store.get(ClaimKey.of(state.subject(), at));
        return bytes == null ? null : format.decode(at, bytes);
    }

    private void hold(SubjectState state, ClaimKey at, @Nullable Held held) {
        String dataset = at.dataset();
        if (!state.apart(dataset)) {
            state.hold(at, held);
            if (!at.row().isEmpty() && state.rows(dataset) > many) {
                layApart(state, dataset);
            }
            return;
        }
        store.put(ClaimKey.of(state.subject(), at), held == null ? null : format.encode(held));
        Speakers before = state.speakers(dataset);
        Speakers after = before.changed(at.row(), held == null ? null : held.claim());
        if (after == null) {
            speakAnew(state, dataset);
        } else if (!after.equals(before)) {
            state.apart(dataset, after);
        }
    }

    /** The rows are written before the subject that says that they lie apart: whoever reads the log misses none. */
    private void layApart(SubjectState state, String dataset) {
        Map<ClaimKey, Held> rows = new HashMap<>();
        state.each((key, held) -> {
            if (key.dataset().equals(dataset)) {
                rows.put(key, held);
            }
        });
        rows.forEach((key, held) -> {
            store.put(ClaimKey.of(state.subject(), key), format.encode(held));
            state.hold(key, null);
        });
        state.apart(dataset, Speakers.of(claims(rows)));
    }

    /** Who spoke is silent: all rows are asked. Few of them lie with their subject again. */
    private void speakAnew(SubjectState state, String dataset) {
        Map<ClaimKey, Held> rows = new HashMap<>();
        scan(state, dataset, rows::put);
        if (rows.size() > many / 2) {
            state.apart(dataset, Speakers.of(claims(rows)));
            return;
        }
        state.apart(dataset, null);
        rows.forEach(state::hold);
        subjects.write();
        rows.keySet().forEach(key -> store.delete(ClaimKey.of(state.subject(), key)));
    }

    private static List<Claim> claims(Map<ClaimKey, Held> rows) {
        List<Claim> claims = new ArrayList<>();
        rows.values().forEach(held -> {
            if (held.claim() != null) {
                claims.add(held.claim());
            }
        });
        return claims;
    }

    private void scan(SubjectState state, String dataset, BiConsumer<ClaimKey, Held> act) {
        int prefix = state.subject().length + 1;
        try (KeyValueIterator<Bytes, byte[]> entries = subjects.apart(state, dataset)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                ClaimKey key = ClaimKey.parse(entry.key, prefix);
                act.accept(key, format.decode(key, entry.value));
            }
        }
    }

    /** Goes through what all rows say of a subject; the store is not changed meanwhile. */
    void each(byte[] subject, BiConsumer<ClaimKey, Claim> act) {
        SubjectState state = subjects.of(subject);
        BiConsumer<ClaimKey, Held> one = (key, held) -> {
            if (held.claim() != null) {
                act.accept(key, held.claim());
            }
        };
        state.each(one);
        state.apart().forEach(dataset -> scan(state, dataset, one));
    }

    /** When the newest word about a subject was committed at its source; none: snapshots read them all. */
    @Nullable
    Instant newest(byte[] subject) {
        List<Instant> times = new ArrayList<>();
        each(subject, (key, claim) -> {
            if (claim.at() != null) {
                times.add(claim.at());
            }
        });
        return times.isEmpty() ? null : Collections.max(times);
    }

    /** What all rows of all datasets say of a subject: dataset → claims. */
    Map<String, List<Claim>> all(byte[] subject) {
        Map<String, List<Claim>> claims = new HashMap<>();
        each(subject, (key, claim) -> add(claims, claim));
        return claims;
    }

    /**
     * What is to be heard of a subject.
     *
     * @param claims dataset → claims
     * @param partly whether of some datasets only the rows are there that speak
     */
    record About(Map<String, List<Claim>> claims, boolean partly) {}

    /** All rows; of a dataset with very many those that speak. */
    About about(byte[] subject) {
        SubjectState state = subjects.of(subject);
        Map<String, List<Claim>> claims = new HashMap<>();
        BiConsumer<ClaimKey, Held> one = (key, held) -> {
            if (held.claim() != null) {
                add(claims, held.claim());
            }
        };
        state.each(one);
        boolean partly = false;
        for (String dataset : state.apart()) {
            if (whole.contains(dataset)) {
                scan(state, dataset, one);
            } else {
                state.speakers(dataset).rows().forEach(row -> add(claims, speaking(state, new ClaimKey(dataset, row))));
                partly = true;
            }
        }
        return new About(claims, partly);
    }

    private Claim speaking(SubjectState state, ClaimKey key) {
        Held held = held(state, key);
        if (held == null || held.claim() == null) {
            throw new IllegalStateException("a row of " + key.dataset() + " that speaks is not there");
        }
        return held.claim();
    }

    private static void add(Map<String, List<Claim>> claims, Claim claim) {
        claims.computeIfAbsent(claim.dataset(), d -> new ArrayList<>(1)).add(claim);
    }

    private static RowPos row(Headers headers) {
        Pos pos = Lineage.pos(headers);
        if (pos == null) {
            throw new IllegalStateException("a source record without the header " + Lineage.POS);
        }
        byte @Nullable [] row = Lineage.row(headers);
        return new RowPos(row == null ? RowId.NONE : RowId.of(row), pos);
    }
}
