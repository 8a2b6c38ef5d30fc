package io.tongdao.reconcile;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.serde.JsonFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Docket;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.runtime.Emission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The golden records of one base database in one task. A record is emitted only when it changes: with its version ({@code ver}), the
 * newest source time of what it consists of and of what changed it ({@code at}), and {@code op}. It is a tombstone when no source has
 * a value of the subject any more. Discrepancies follow it in the same transaction.
 */
final class GoldenRecords {
    private static final JsonFormat<Discrepancy> DISCREPANCY = new JsonFormat<>(Discrepancy.class);
    private final BasePlan base;
    private final Reconciler reconciler;
    private final GoldenWriter writer;
    private final int generation;
    private final KeyValueStore<Bytes, byte[]> store;
    private final StateWriter state = new StateWriter();

    /** Where emissions go. */
    interface Out {
        void golden(Record<byte[], Emission> record);

        void discrepancy(Record<byte[], Emission> record);
    }

    /**
     * What made the golden records be found anew.
     *
     * @param at source time, none if a snapshot read it
     * @param timestamp of the record on its topic
     */
    record Cause(byte[] subject, @Nullable Instant at, long timestamp, long now) {
        Instant when() {
            return at == null ? Instant.ofEpochMilli(timestamp) : at;
        }
    }

    GoldenRecords(
            BasePlan base,
            Reconciler reconciler,
            GoldenWriter writer,
            int generation,
            KeyValueStore<Bytes, byte[]> store) {
        this.base = base;
        this.reconciler = reconciler;
        this.writer = writer;
        this.generation = generation;
        this.store = store;
    }

    boolean reads(String dataset) {
        return KindPlan.reads(base, dataset);
    }

    void settle(Map<String, List<Claim>> claims, Cause cause, Out out) {
        String subject = new String(cause.subject, StandardCharsets.UTF_8);
        Bytes key = Bytes.wrap((subject + '|' + base.name()).getBytes(StandardCharsets.UTF_8));
        byte[] held = store.get(key);
        GoldenState before = held == null ? GoldenState.none(generation) : GoldenState.decode(held);
        Reconciler.Outcome outcome = reconciler.evaluate(subject, claims);
        Docket.Advance advance = new Docket(subject, base.name()).advance(before.open(), outcome, claims, cause.when());
        byte[] value = outcome.golden().exists() ? writer.encode(outcome.golden()) : null;
        String digest = value == null ? "" : writer.digest(value);
        boolean changed = !digest.equals(before.digest());
        if (!changed && advance.reports().isEmpty()) {
            return;
        }
        Ver ver = changed ? next(before.ver()) : before.ver();
        store.put(key, new GoldenState(ver, digest, cause.now, advance.open()).encode(state));
        if (changed) {
            out.golden(golden(cause, outcome.golden(), value, headers(ver, op(before, value))));
        }
        advance.reports().forEach(report -> out.discrepancy(discrepancy(cause, report)));
    }

    private Ver next(Ver ver) {
        return ver.generation() == generation ? new Ver(generation, ver.counter() + 1) : new Ver(generation, 1);
    }

    private static Op op(GoldenState before, byte @Nullable [] value) {
        return value == null ? Op.DELETE : before.exists() ? Op.UPDATE : Op.CREATE;
    }

    private static Headers headers(Ver ver, Op op) {
        return new RecordHeaders().add(Lineage.VER, ver.bytes()).add(Lineage.OP, op.bytes());
    }

    private Record<byte[], Emission> golden(
            Cause cause, GoldenRecord golden, byte @Nullable [] value, Headers headers) {
        Instant at = later(golden.at(), cause.at);
        if (at != null) {
            headers.add(Lineage.AT, Lineage.at(at));
        }
        Emission emission = new Emission(base.topic().name(), value);
        return new Record<>(cause.subject, emission, cause.timestamp, headers);
    }

    private static Record<byte[], Emission> discrepancy(Cause cause, Discrepancy report) {
        Headers headers = new RecordHeaders().add(Lineage.AT, Lineage.at(cause.when()));
        byte[] key = report.key().getBytes(StandardCharsets.UTF_8);
        Emission emission = new Emission(Names.DISCREPANCIES, DISCREPANCY.encode(report));
        return new Record<>(key, emission, cause.timestamp, headers);
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}
