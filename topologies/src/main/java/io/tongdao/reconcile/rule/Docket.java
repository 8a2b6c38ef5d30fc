package io.tongdao.reconcile.rule;

import io.tongdao.reconcile.rule.Discrepancy.Reason;
import io.tongdao.reconcile.rule.OpenConflict.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The life of the discrepancies of one subject in one base database: what stands and what is in conflict now give what to report. One
 * discrepancy for each set of values: other values close it and open the next. A contradiction with a grace period is told only if it still
 * stands when that is over; one that comes back is told with how often.
 */
public final class Docket {
    private static final int REMEMBERED = 8;
    private final String subject;
    private final String base;
    private final Reconciler reconciler;
    private final Map<String, Order> orders;

    /** @param orders item → objection and ruling */
    public Docket(String subject, String base, Reconciler reconciler, Map<String, Order> orders) {
        this.subject = subject;
        this.base = base;
        this.reconciler = reconciler;
        this.orders = orders;
    }

    /** What was told of a set of values and is closed: it may come back. */
    public record Past(String item, String valueSet, Instant first, int reopened) {}

    /**
     * @param open what stands now, told or within its grace
     * @param past the newest last
     * @param reports to be published in this order
     */
    public record Advance(List<OpenConflict> open, List<Past> past, List<Discrepancy> reports) {

        /** When the next grace period is over, wall clock in milliseconds; none runs. */
        public @Nullable Long due() {
            Long due = null;
            for (OpenConflict one : open) {
                if (!one.told() && (due == null || one.due() < due)) {
                    due = one.due();
                }
            }
            return due;
        }

        /** The names of what is disputed: told, or objected to. */
        public boolean disputes(String item, Reconciler reconciler) {
            for (OpenConflict one : open) {
                if (one.told() && reconciler.disputes(one.conflict().item(), item)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * @param open what stood before
     * @param claims what the outcome was found from
     * @param when source time of what happened
     * @param now wall clock in milliseconds
     */
    public Advance advance(
            List<OpenConflict> open,
            List<Past> past,
            Reconciler.Outcome outcome,
            Map<String, List<Claim>> claims,
            Instant when,
            long now) {
        Map<String, Conflict> current = current(outcome);
        if (open.isEmpty() && current.isEmpty()) {
            return new Advance(open, past, List.of());
        }
        List<OpenConflict> stay = new ArrayList<>();
        List<Past> memory = new ArrayList<>(past);
        List<Discrepancy> reports = new ArrayList<>();
        for (OpenConflict old : open) {
            Conflict same = current.get(old.conflict().item());
            if (same != null && same.valueSet().equals(old.conflict().valueSet())) {
                current.remove(same.item());
                stays(old, same, now, stay, reports);
            } else if (old.told()) {
                remember(memory, old);
                reports.add(report(old, when, reason(old.conflict(), same, outcome, claims)));
            }
        }
        for (Conflict fresh : current.values()) {
            OpenConflict opened = opened(fresh, open, memory, when, now);
            stay.add(opened);
            if (opened.told()) {
                reports.add(report(opened, null, null));
            }
        }
        return new Advance(List.copyOf(stay), List.copyOf(memory), List.copyOf(reports));
    }

    /** What is in conflict, less what was upheld, and what is objected to. */
    private Map<String, Conflict> current(Reconciler.Outcome outcome) {
        List<Conflict> found = outcome.conflicts();
        if (found.isEmpty() && orders.isEmpty()) {
            return new LinkedHashMap<>(0);
        }
        Map<String, Conflict> current = new LinkedHashMap<>();
        for (Conflict conflict : found) {
            Order order = orders.getOrDefault(conflict.item(), Order.NONE);
            if (!order.upholds(conflict) || order.objects(conflict.leading())) {
                current.put(conflict.item(), conflict);
            }
        }
        orders.forEach((item, order) -> {
            Conflict standing = current.containsKey(item) || order.objection().isEmpty()
                    ? null
                    : reconciler.standing(subject, item, outcome.golden());
            if (standing != null && order.objects(standing.leading())) {
                current.put(item, standing);
            }
        });
        return current;
    }

    private void stays(OpenConflict old, Conflict same, long now, List<OpenConflict> stay, List<Discrepancy> reports) {
        Mark mark = mark(same);
        boolean telling = !old.told() && (old.due() <= now || mark != Mark.PLAIN);
        OpenConflict next = telling ? old.toldNow().marked(mark) : old.marked(mark);
        stay.add(next);
        if (telling || (old.told() && mark != old.mark())) {
            reports.add(report(next, null, null));
        }
    }

    private OpenConflict opened(Conflict fresh, List<OpenConflict> open, List<Past> memory, Instant when, long now) {
        Mark mark = mark(fresh);
        Past before = forget(memory, fresh);
        long due = due(fresh, open, now);
        return new OpenConflict(
                fresh,
                when,
                mark != Mark.PLAIN || due <= now ? 0 : due,
                before == null ? when : before.first(),
                before == null ? 0 : before.reopened() + 1,
                mark);
    }

    /** A contradiction that goes on with other values has had its grace, or goes on having it. */
    private long due(Conflict fresh, List<OpenConflict> open, long now) {
        for (OpenConflict old : open) {
            if (old.conflict().item().equals(fresh.item())) {
                return old.due();
            }
        }
        long grace = reconciler.grace(fresh.item());
        return grace == 0 ? 0 : now + grace;
    }

    private Mark mark(Conflict conflict) {
        Order order = orders.get(conflict.item());
        if (order == null) {
            return Mark.PLAIN;
        }
        return order.awaits(conflict) ? Mark.AWAITING : order.objects(conflict.leading()) ? Mark.OBJECTED : Mark.PLAIN;
    }

    private static void remember(List<Past> memory, OpenConflict old) {
        forget(memory, old.conflict());
        memory.add(new Past(old.conflict().item(), old.conflict().valueSet(), old.first(), old.reopened()));
        if (memory.size() > REMEMBERED) {
            memory.removeFirst();
        }
    }

    private static @Nullable Past forget(List<Past> memory, Conflict conflict) {
        for (int i = 0; i < memory.size(); i++) {
            Past past = memory.get(i);
            if (past.item().equals(conflict.item()) && past.valueSet().equals(conflict.valueSet())) {
                return memory.remove(i);
            }
        }
        return null;
    }

    private Reason reason(
            Conflict old, @Nullable Conflict current, Reconciler.Outcome outcome, Map<String, List<Claim>> claims) {
        Order order = orders.getOrDefault(old.item(), Order.NONE);
        if (order.upholds(old)) {
            return Reason.UPHELD;
        }
        GoldenRecord.Item item = outcome.golden().items().get(old.item());
        if (item != null
                && item.rule() == GoldenRecord.Rule.RULING
                && order.leading().equals(old.leading())) {
            return Reason.SOURCE_WRONG;
        }
        if (order.awaits(old)) {
            return Reason.CORRECTED;
        }
        if (current != null || (item != null && !item.dataset().equals(old.winner()))) {
            return Reason.SOURCE_CHANGED;
        }
        boolean heard = old.against().stream()
                .flatMap(dataset -> claims.getOrDefault(dataset, List.of()).stream())
                .anyMatch(claim -> claim.items().containsKey(old.item()));
        return old.against().isEmpty() || (item != null && heard) || reconciler.checks(old.item())
                ? Reason.AGREE
                : Reason.GONE;
    }

    private Discrepancy report(OpenConflict about, @Nullable Instant closed, @Nullable Reason reason) {
        Conflict conflict = about.conflict();
        List<String> sources = new ArrayList<>();
        sources.add(conflict.winner());
        sources.addAll(conflict.against());
        return new Discrepancy(
                subject,
                base,
                conflict.item(),
                closed != null
                        ? Discrepancy.CLOSED
                        : about.mark() == Mark.AWAITING ? Discrepancy.AWAITING : Discrepancy.OPEN,
                List.copyOf(sources),
                conflict.blamed(),
                Reconciler.agency(conflict.winner()),
                conflict.valueSet(),
                about.since(),
                closed,
                reason == null ? null : reason.word(),
                conflict.leading(),
                about.first(),
                about.reopened(),
                about.mark() == Mark.OBJECTED,
                reconciler.checks(conflict.item()));
    }
}
