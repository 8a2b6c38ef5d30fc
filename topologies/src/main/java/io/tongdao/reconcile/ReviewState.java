package io.tongdao.reconcile;

import io.tongdao.contract.dispute.IdentityRuling.Decision;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.reconcile.rule.Identity.Ruled;
import io.tongdao.reconcile.rule.Review;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is remembered of a subject whose rows were told apart. Nearly all
 * subjects have none.
 *
 * @param open {@code dataset|row} → the review that stands
 * @param rulings {@code dataset|row} → what was decided
 * @param apart {@code dataset|row} of what is not heard, whether somebody has decided or not
 */
record ReviewState(Map<String, Review> open, Map<String, Ruled> rulings, Set<String> apart) {
    static final ReviewState NONE = new ReviewState(Map.of(), Map.of(), Set.of());
    /** Format 1 did not know what is not heard. */
    private static final byte FORMAT = 2;

    private static final int FIRST = 1;

    boolean empty() {
        return open.isEmpty() && rulings.isEmpty() && apart.isEmpty();
    }

    byte[] encode(StateWriter out) {
        out.begin(FORMAT).count(open.size());
        open.values()
                .forEach(review -> out.text(review.dataset())
                        .text(review.row())
                        .text(review.leader())
                        .text(review.compared())
                        .number(review.since().toEpochMilli()));
        out.count(rulings.size());
        rulings.forEach(
                (row, ruled) -> out.text(row).octet(ruled.decision().ordinal()).text(ruled.compared()));
        out.count(apart.size());
        apart.forEach(out::text);
        return out.end();
    }

    static ReviewState decode(String subject, SubjectKind kind, byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        Map<String, Review> open = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            Review review = Review.open(
                    subject, kind, in.text(), in.text(), in.text(), in.text(), Instant.ofEpochMilli(in.number()));
            open.put(review.rowKey(), review);
        }
        Map<String, Ruled> rulings = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            rulings.put(in.text(), new Ruled(Decision.values()[in.octet()], in.text()));
        }
        Set<String> apart = new TreeSet<>();
        for (int left = value[0] == FIRST ? 0 : in.count(); left > 0; left--) {
            apart.add(in.text());
        }
        return new ReviewState(open, rulings, apart);
    }
}
