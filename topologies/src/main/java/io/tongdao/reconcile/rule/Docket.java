package io.tongdao.reconcile.rule;

import io.tongdao.reconcile.rule.Discrepancy.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The life of the discrepancies of one subject in one base database: what is open and what is in conflict now give what to report.
 * One discrepancy for each set of values: other values close it and open the next.
 */
public record Docket(String subject, String base) {

    /** @param reports to be published in this order */
    public record Advance(List<OpenConflict> open, List<Discrepancy> reports) {}

    /** @param claims what the outcome was found from */
    public Advance advance(
            List<OpenConflict> open, Reconciler.Outcome outcome, Map<String, List<Claim>> claims, Instant when) {
        Map<String, Conflict> now = new LinkedHashMap<>();
        outcome.conflicts().forEach(c -> now.put(c.item(), c));
        List<OpenConflict> stay = new ArrayList<>();
        List<Discrepancy> reports = new ArrayList<>();
        for (OpenConflict old : open) {
            Conflict current = now.get(old.conflict().item());
            if (current != null && current.valueSet().equals(old.conflict().valueSet())) {
                stay.add(old);
                now.remove(current.item());
            } else {
                reports.add(report(old, when, reason(old.conflict(), current, outcome, claims)));
            }
        }
        for (Conflict fresh : now.values()) {
            OpenConflict opened = new OpenConflict(fresh, when);
            stay.add(opened);
            reports.add(report(opened, null, null));
        }
        return new Advance(List.copyOf(stay), List.copyOf(reports));
    }

    private static Reason reason(
            Conflict old, @Nullable Conflict current, Reconciler.Outcome outcome, Map<String, List<Claim>> claims) {
        GoldenRecord.Item item = outcome.golden().items().get(old.item());
        if (current != null || (item != null && !item.dataset().equals(old.winner()))) {
            return Reason.SOURCE_CHANGED;
        }
        boolean heard = old.against().stream()
                .flatMap(dataset -> claims.getOrDefault(dataset, List.of()).stream())
                .anyMatch(claim -> claim.items().containsKey(old.item()));
        return item == null || !heard ? Reason.GONE : Reason.AGREE;
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
                closed == null ? Discrepancy.OPEN : Discrepancy.CLOSED,
                List.copyOf(sources),
                conflict.against().stream()
                        .map(Docket::agency)
                        .distinct()
                        .sorted()
                        .toList(),
                agency(conflict.winner()),
                conflict.valueSet(),
                about.since(),
                closed,
                reason == null ? null : reason.word());
    }

    /** The agency that provides a dataset: ids are {@code agency.dataset}. */
    private static String agency(String dataset) {
        return dataset.substring(0, dataset.indexOf('.'));
    }
}
