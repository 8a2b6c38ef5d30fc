package io.tongdao.reconcile;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Held.RowPos;
import io.tongdao.reconcile.rule.RowId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The claims of one task: takes what is newer, and gathers what all sources say of a subject. */
final class ClaimStore {
    private static final BytesSerializer KEY = new BytesSerializer();
    private final KeyValueStore<Bytes, byte[]> store;
    private final HeldFormat format = new HeldFormat();

    ClaimStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
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
        next.ifPresent(newer -> store.put(key, format.encode(newer)));
        return next.isPresent() ? change(at, held, next.get()) : null;
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
            return change(at, before, held);
        }
        return before == null ? null : new Change(at, before.claim(), null);
    }

    /** Goes through what all rows say of a subject; the store is not changed meanwhile. */
    void each(byte[] subject, BiConsumer<ClaimKey, Claim> act) {
        Bytes prefix = ClaimKey.prefix(subject);
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, KEY)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                ClaimKey key = ClaimKey.parse(entry.key, prefix.get().length);
                Claim claim = HeldFormat.decode(key, entry.value).claim();
                if (claim != null) {
                    act.accept(key, claim);
                }
            }
        }
    }

    /** What all rows of all datasets say of a subject: dataset → claims. */
    Map<String, List<Claim>> about(byte[] subject) {
        Map<String, List<Claim>> claims = new HashMap<>();
        each(
                subject,
                (key, claim) -> claims.computeIfAbsent(key.dataset(), d -> new ArrayList<>(1))
                        .add(claim));
        return claims;
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
