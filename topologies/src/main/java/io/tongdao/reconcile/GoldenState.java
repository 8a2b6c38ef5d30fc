package io.tongdao.reconcile;

import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.rule.Conflict;
import io.tongdao.reconcile.rule.Docket.Past;
import io.tongdao.reconcile.rule.OpenConflict;
import io.tongdao.reconcile.rule.OpenConflict.Mark;
import io.tongdao.reconcile.rule.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the last golden record of a subject in one base database: its version, a digest by which a change is recognised, and the discrepancies that stand. Most subjects have
 * no more than the first two.
 *
 * @param digest 128 bits of the record's content in hex, empty: there is none now
 * @param goneAt when it went, wall clock in milliseconds; its version is remembered for a while
 * @param past values that contradicted each other before, the newest last
 * @param orders item → objection and ruling
 */
record GoldenState(
        Ver ver, String digest, long goneAt, List<OpenConflict> open, List<Past> past, Map<String, Order> orders) {
    private static final byte FIRST = 1;
    private static final byte FORMAT = 2;

    /** Begins a digest of what the topic held when the stage was rebuilt, without since when. */
    private static final String SOWN = "~";

    static GoldenState none(int generation) {
        return new GoldenState(new Ver(generation, 0), "", 0, List.of(), List.of(), Map.of());
    }

    boolean exists() {
        return !digest.isEmpty();
    }

    /** Whether it is known only from the topic. */
    boolean sown() {
        return digest.startsWith(SOWN);
    }

    static String sown(String content) {
        return SOWN + content;
    }

    GoldenState ordered(Map<String, Order> others) {
        return new GoldenState(ver, digest, goneAt, open, past, others);
    }

    byte[] encode(StateWriter out) {
        out.begin(FORMAT).number(exists() || !orders.isEmpty() ? 0 : goneAt).text(digest);
        out.number(ver.generation()).number(ver.counter()).count(open.size());
        open.forEach(one -> write(one, out));
        out.count(past.size());
        past.forEach(one -> out.text(one.item())
                .text(one.valueSet())
                .number(one.first().toEpochMilli())
                .count(one.reopened()));
        out.count(orders.size());
        orders.forEach((item, order) -> write(item, order, out));
        return out.end();
    }

    private static void write(OpenConflict one, StateWriter out) {
        Conflict conflict = one.conflict();
        out.text(conflict.item()).text(conflict.winner()).text(conflict.valueSet());
        texts(conflict.against(), out);
        out.number(one.since().toEpochMilli());
        texts(conflict.blamed(), out);
        out.text(conflict.leading().equals(conflict.valueSet()) ? "" : conflict.leading())
                .number(one.due())
                .number(one.first().toEpochMilli())
                .count(one.reopened())
                .octet(one.mark().ordinal());
    }

    private static void write(String item, Order order, StateWriter out) {
        Decision decision = order.decision();
        out.text(item).text(order.objection()).octet(decision == null ? -1 : decision.ordinal());
        out.text(order.valueSet()).text(order.leading()).text(order.serve()).text(order.answers());
    }

    private static void texts(List<String> texts, StateWriter out) {
        out.count(texts.size());
        texts.forEach(out::text);
    }

    static GoldenState decode(byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        boolean first = value[0] == FIRST;
        long goneAt = in.number();
        String digest = in.text();
        Ver ver = new Ver((int) in.number(), in.number());
        int count = in.count();
        List<OpenConflict> open = count == 0 ? List.of() : new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            open.add(open(in, first));
        }
        return first
                ? new GoldenState(ver, digest, goneAt, open, List.of(), Map.of())
                : new GoldenState(ver, digest, goneAt, open, past(in), orders(in));
    }

    private static OpenConflict open(StateReader in, boolean first) {
        String item = in.text();
        String winner = in.text();
        String valueSet = in.text();
        List<String> against = texts(in);
        Instant since = Instant.ofEpochMilli(in.number());
        if (first) {
            return new OpenConflict(new Conflict(item, winner, against, List.of(), valueSet, ""), since);
        }
        List<String> blamed = texts(in);
        String leading = in.text();
        Conflict conflict =
                new Conflict(item, winner, against, blamed, valueSet, leading.isEmpty() ? valueSet : leading);
        return new OpenConflict(
                conflict, since, in.number(), Instant.ofEpochMilli(in.number()), in.count(), Mark.values()[in.octet()]);
    }

    private static List<Past> past(StateReader in) {
        int count = in.count();
        List<Past> past = count == 0 ? List.of() : new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            past.add(new Past(in.text(), in.text(), Instant.ofEpochMilli(in.number()), in.count()));
        }
        return past;
    }

    private static Map<String, Order> orders(StateReader in) {
        int count = in.count();
        Map<String, Order> orders = count == 0 ? Map.of() : new LinkedHashMap<>();
        for (int left = count; left > 0; left--) {
            String item = in.text();
            String objection = in.text();
            int decision = in.octet();
            orders.put(
                    item,
                    new Order(
                            objection,
                            decision < 0 ? null : Decision.values()[decision],
                            in.text(),
                            in.text(),
                            in.text(),
                            in.text()));
        }
        return orders;
    }

    private static List<String> texts(StateReader in) {
        List<String> texts = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            texts.add(in.text());
        }
        return List.copyOf(texts);
    }

    /** When the record went; none while it is there, or while something was decided about it. */
    static @Nullable Long goneAt(byte[] value) {
        long at = new StateReader(value, FORMAT).number();
        return at == 0 ? null : at;
    }
}
