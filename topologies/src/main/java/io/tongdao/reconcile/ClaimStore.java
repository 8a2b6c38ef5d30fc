package io.tongdao.reconcile;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Held.RowPos;
import io.tongdao.reconcile.rule.RowId;
import io.tongdao.reconcile.rule.Speakers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one task: takes what is newer, and gathers what all sources say of a subject. Of a dataset that has very many rows about a
 * subject it keeps which of them speak, so that the others need not be read.
 */
final class ClaimStore {
    private static final BytesSerializer KEY = new BytesSerializer();
    private final KeyValueStore<Bytes, byte[]> store;
    private final Set<String> whole;
    private final int many;
    private final HeldFormat format = new HeldFormat();

    /**
     * @param whole the datasets of which all rows are always heard
     * @param many of how many rows of another dataset only those that speak are heard
     */
    ClaimStore(KeyValueStore<Bytes, byte[]> store, Set<String> whole, int many) {
        this.store = store;
        this.whole = whole;
        this.many = many;
    }

    /** What a row said of its subject, and what it says now; null: nothing. */
    record Change(
            ClaimKey key, @Nullable Claim before, @Nullable Claim after) {}

    /** @return null: the row says what it said */
    @Nullable
    Change take(ClaimReader reader, Record<byte[], byte[]> input, long now) {
        Bytes key = ClaimKey.of(input.key(), reader.dataset());
        byte[] bytes = store.get(key);
        byte[] subject = ClaimKey.subject(input.key());
        ClaimKey at = ClaimKey.parse(key, subject.length + 1);
        Held held = bytes == null ? null : HeldFormat.decode(at, bytes);
        RowPos row = row(input.headers());
        Claim claim = input.value() == null
                ? null
                : reader.read(
                        input.value(),
                        new String(subject, StandardCharsets.UTF_8),
                        at.row(),
                        row.pos(),
                        Lineage.at(input.headers()));
        Optional<Held> next = Held.next(held, row, claim, now);
        if (next.isEmpty()) {
            return null;
        }
        store.put(key, format.encode(next.get()));
        return noted(subject, change(at, held, next.get()));
    }

    private static @Nullable Change change(ClaimKey key, @Nullable Held before, Held after) {
        return Held.sameWord(before, after)
                ? null
                : new Change(key, before == null ? null : before.claim(), after.claim());
    }

    /** A claim that another task sends; null: it is heard no longer. */
    @Nullable
    Change put(byte[] subject, ClaimKey at, @Nullable Held held) {
        Bytes key = ClaimKey.of(subject, at);
        byte[] bytes = store.get(key);
        Held before = bytes == null ? null : HeldFormat.decode(at, bytes);
        store.put(key, held == null ? null : format.encode(held));
        if (held != null) {
            return noted(subject, change(at, before, held));
        }
        return before == null ? null : noted(subject, new Change(at, before.claim(), null));
    }

    /** Keeps who speaks, where that is kept. */
    private @Nullable Change noted(byte[] subject, @Nullable Change change) {
        if (change != null && !change.key().row().isEmpty()) {
            Bytes key = ClaimKey.of(subject, ClaimKey.speakers(change.key().dataset()));
            byte[] bytes = store.get(key);
            if (bytes != null) {
                Speakers before = HeldFormat.speakers(bytes);
                Speakers after = before.changed(change.key().row(), change.after());
                if (!before.equals(after)) {
                    store.put(key, after == null ? null : format.encode(after));
                }
            }
        }
        return change;
    }

    /** Goes through what all rows say of a subject; the store is not changed meanwhile. */
    void each(byte[] subject, BiConsumer<ClaimKey, Claim> act) {
        Bytes prefix = ClaimKey.prefix(subject);
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, KEY)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                ClaimKey key = ClaimKey.parse(entry.key, prefix.get().length);
                Claim claim = key.isSpeakers()
                        ? null
                        : HeldFormat.decode(key, entry.value).claim();
                if (claim != null) {
                    act.accept(key, claim);
                }
            }
        }
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
        Map<String, List<Claim>> claims = new HashMap<>();
        String behind = read(subject, store.prefixScan(ClaimKey.prefix(subject), KEY), claims);
        boolean partly = behind != null;
        while (behind != null) {
            behind = read(subject, store.range(ClaimKey.after(subject, behind), ClaimKey.after(subject)), claims);
        }
        for (Map.Entry<String, List<Claim>> rows : claims.entrySet()) {
            if (rows.getValue().size() > many && !whole.contains(rows.getKey())) {
                Bytes key = ClaimKey.of(subject, ClaimKey.speakers(rows.getKey()));
                store.put(key, format.encode(Speakers.of(rows.getValue())));
            }
        }
        return new About(claims, partly);
    }

    /** @return the dataset whose other rows are to be passed by; none: all is read */
    private @Nullable String read(
            byte[] subject, KeyValueIterator<Bytes, byte[]> from, Map<String, List<Claim>> claims) {
        try (KeyValueIterator<Bytes, byte[]> entries = from) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                ClaimKey key = ClaimKey.parse(entry.key, subject.length + 1);
                if (key.isSpeakers() && whole.contains(key.dataset())) {
                    continue;
                }
                if (key.isSpeakers()) {
                    claims.put(key.dataset(), speaking(subject, key.dataset(), HeldFormat.speakers(entry.value)));
                    return key.dataset();
                }
                Claim claim = HeldFormat.decode(key, entry.value).claim();
                if (claim != null) {
                    add(claims, claim);
                }
            }
        }
        return null;
    }

    private List<Claim> speaking(byte[] subject, String dataset, Speakers speakers) {
        List<Claim> speaking = new ArrayList<>();
        for (String row : speakers.rows()) {
            ClaimKey key = new ClaimKey(dataset, row);
            byte[] bytes = store.get(ClaimKey.of(subject, key));
            Claim claim = bytes == null ? null : HeldFormat.decode(key, bytes).claim();
            if (claim == null) {
                throw new IllegalStateException("a row of " + dataset + " that speaks is not there");
            }
            speaking.add(claim);
        }
        return speaking;
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
