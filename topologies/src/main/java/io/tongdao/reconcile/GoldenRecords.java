package io.tongdao.reconcile;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Docket;
import io.tongdao.reconcile.rule.Docket.Past;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.OpenConflict;
import io.tongdao.reconcile.rule.Order;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.reconcile.rule.Testimony;
import io.tongdao.runtime.Emission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The golden records of one base database in one task. A record is emitted only when it changes: with its version ({@code ver}), the
 * newest source time of what it consists of and of what changed it ({@code at}), and {@code op}. It is a tombstone when no source has
 * a value of the subject any more. Discrepancies follow it in the same transaction.
 */
final class GoldenRecords {
    private static final GoldenRecord NOTHING = new GoldenRecord(Map.of(), List.of());
    private final BasePlan base;
    private final Reconciler reconciler;
    private final GoldenWriter writer;
    private final int generation;
    private final SubjectStore subjects;
    private final Graces graces;

    /** Where emissions go. */
    interface Out {
        void golden(Record<byte[], Emission> record);

        void discrepancy(Record<byte[], Emission> record);

        void review(Review review, Cause cause);

        /** Says that a row is not heard. */
        void apart(RowApart apart, Cause cause);

        /** Takes an entry of a flag topic away. */
        void withdraw(String topic, String key, Cause cause);
    }

    GoldenRecords(
            BasePlan base,
            Reconciler reconciler,
            GoldenWriter writer,
            int generation,
            SubjectStore subjects,
            Graces graces) {
        this.base = base;
        this.reconciler = reconciler;
        this.writer = writer;
        this.generation = generation;
        this.subjects = subjects;
        this.graces = graces;
    }

    String base() {
        return base.name();
    }

    boolean reads(String dataset) {
        return KindPlan.reads(base, dataset);
    }

    void settle(Reviews.Heard heard, Cause cause, Out out) {
        SubjectState subject = subjects.of(cause.subject());
        settle(subject, state(subject), false, heard, cause, out);
    }

    /** How all rows that are heard stand to the record, as it is now. */
    List<Testimony> testimonies(byte[] about, Map<String, List<Claim>> claims) {
        SubjectState subject = subjects.of(about);
        return reconciler.testimonies(subject.text(), claims, state(subject).orders());
    }

    /** Takes what was objected to or decided about an item, and finds the record by it. */
    void order(String item, UnaryOperator<Order> said, Reviews.Heard heard, Cause cause, Out out) {
        SubjectState subject = subjects.of(cause.subject());
        settle(subject, ordered(state(subject), item, said), true, heard, cause, out);
    }

    /** The same without finding the record. */
    void note(String item, UnaryOperator<Order> said, byte[] about) {
        SubjectState subject = subjects.of(about);
        subject.golden(base.name(), ordered(state(subject), item, said));
    }

    private static GoldenState ordered(GoldenState before, String item, UnaryOperator<Order> said) {
        Map<String, Order> orders = new LinkedHashMap<>(before.orders());
        Order next = said.apply(orders.getOrDefault(item, Order.NONE));
        if (next.empty()) {
            orders.remove(item);
        } else {
            orders.put(item, next);
        }
        return before.ordered(orders);
    }

    private GoldenState state(SubjectState subject) {
        GoldenState state = subject.golden(base.name());
        return state == null ? GoldenState.none(generation) : state;
    }

    private void settle(
            SubjectState state, GoldenState before, boolean ordered, Reviews.Heard heard, Cause cause, Out out) {
        if (heard.hidden() == Veil.Hidden.ALL) {
            vanish(state, before, ordered, cause, out);
            return;
        }
        String subject = state.text();
        Map<String, List<Claim>> claims = heard.claims();
        Reconciler.Outcome outcome = reconciler.evaluate(subject, claims, before.orders());
        Docket.Advance advance = new Docket(subject, base.name(), reconciler, before.orders())
                .advance(before.open(), before.past(), outcome, claims, cause.when(), cause.now());
        boolean veiled = heard.hidden() == Veil.Hidden.SOME;
        List<Past> past = veiled ? List.of() : advance.past();
        GoldenRecord golden = outcome.golden().disputing(disputed(outcome, advance));
        byte[] value = golden.exists() ? writer.encode(golden) : null;
        String digest = value == null ? "" : writer.digest(value);
        boolean known = before.sown();
        boolean changed = known ? !same(before, value) : !digest.equals(before.digest());
        if (!changed
                && !ordered
                && !known
                && advance.reports().isEmpty()
                && past.equals(before.past())
                && advance.open().equals(before.open())) {
            return;
        }
        Ver ver = changed ? next(before.ver()) : before.ver();
        GoldenState after = new GoldenState(ver, digest, cause.now(), advance.open(), past, before.orders());
        state.golden(base.name(), after);
        graces.note(subject, base.name(), advance.due());
        if (changed) {
            out.golden(golden(cause, golden, value, headers(ver, op(before, value))));
        }
        tell(subject, advance, veiled, cause, out);
    }

    /** Whether the record says what it said before the stage was rebuilt: since when its sources say so is older knowledge than theirs. */
    private boolean same(GoldenState before, byte @Nullable [] value) {
        return value != null && before.digest().equals(GoldenState.sown(writer.content(value)));
    }

    /** What is closed of a subject of whom something is hidden leaves no entry: it could tell what is. */
    private void tell(String subject, Docket.Advance advance, boolean veiled, Cause cause, Out out) {
        if (!veiled) {
            advance.reports().forEach(report -> out.discrepancy(discrepancy(cause, report)));
            return;
        }
        Set<String> closed = new TreeSet<>();
        advance.past().forEach(one -> closed.add(one.item()));
        advance.open().forEach(one -> closed.remove(one.conflict().item()));
        closed.forEach(item -> withdraw(subject, item, cause, out));
        advance.reports().stream()
                .filter(report -> !closed.contains(report.item()))
                .forEach(report -> out.discrepancy(discrepancy(cause, report)));
    }

    /** The record goes, and every entry about it that is known. */
    private void vanish(SubjectState state, GoldenState before, boolean ordered, Cause cause, Out out) {
        Set<String> told = new TreeSet<>();
        before.past().forEach(one -> told.add(one.item()));
        before.open().stream()
                .filter(OpenConflict::told)
                .forEach(one -> told.add(one.conflict().item()));
        boolean news = before.exists() || !before.open().isEmpty() || !told.isEmpty();
        if (news || ordered) {
            Ver ver = before.exists() ? next(before.ver()) : before.ver();
            GoldenState after = new GoldenState(ver, "", cause.now(), List.of(), List.of(), before.orders());
            state.golden(base.name(), after);
            if (before.exists()) {
                out.golden(golden(cause, NOTHING, null, headers(ver, Op.DELETE)));
            }
            told.forEach(item -> withdraw(state.text(), item, cause, out));
        }
    }

    private void withdraw(String subject, String item, Cause cause, Out out) {
        out.withdraw(Names.DISCREPANCIES, subject + '|' + base.name() + '|' + item, cause);
    }

    private List<String> disputed(Reconciler.Outcome outcome, Docket.Advance advance) {
        if (advance.open().isEmpty()) {
            return List.of();
        }
        List<String> disputed = new ArrayList<>();
        for (String item : outcome.golden().items().keySet()) {
            if (advance.disputes(item, reconciler)) {
                disputed.add(item);
            }
        }
        return List.copyOf(disputed);
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
        Instant at = later(golden.at(), cause.at());
        if (at != null) {
            headers.add(Lineage.AT, Lineage.at(at));
        }
        Emission emission = new Emission(base.topic().name(), value);
        return new Record<>(cause.subject(), emission, cause.timestamp(), headers);
    }

    private static Record<byte[], Emission> discrepancy(Cause cause, Discrepancy report) {
        Headers headers = new RecordHeaders().add(Lineage.AT, Lineage.at(cause.when()));
        byte[] key = report.key().getBytes(StandardCharsets.UTF_8);
        Emission emission = new Emission(Names.DISCREPANCIES, DiscrepancyFormat.FORMAT.encode(report));
        return new Record<>(key, emission, cause.timestamp(), headers);
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}
