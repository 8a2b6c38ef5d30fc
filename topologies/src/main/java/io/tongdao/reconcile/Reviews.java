package io.tongdao.reconcile;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Identity;
import io.tongdao.reconcile.rule.Identity.Apart;
import io.tongdao.reconcile.rule.Identity.Ruled;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.reconcile.rule.Review.Reason;
import io.tongdao.runtime.Emission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Which rows about the subjects of one kind are heard, and which are under review (art. 24). One for each task. */
final class Reviews {
    private final SubjectKind kind;
    private final @Nullable Identity identity;
    private final SubjectStore subjects;
    private final StateWriter out = new StateWriter();

    /** @param identity null: everything is heard */
    Reviews(SubjectKind kind, @Nullable Identity identity, SubjectStore subjects) {
        this.kind = kind;
        this.identity = identity;
        this.subjects = subjects;
    }

    /**
     * @param claims dataset → rows that are heard
     * @param divided whether rows are set aside or hidden, or were: then any golden record of the subject may change
     * @param hidden how much of the subject leaves no trace
     */
    record Heard(Map<String, List<Claim>> claims, boolean divided, Veil.Hidden hidden) {}

    /** Takes what was decided about a row; {@link #hear} then acts on it. */
    void rule(byte[] subject, String row, @Nullable Ruled ruled) {
        SubjectState state = subjects.of(subject);
        ReviewState held = state.reviews();
        Map<String, Ruled> rulings = new LinkedHashMap<>(held.rulings());
        if (ruled == null) {
            rulings.remove(row);
        } else {
            rulings.put(row, ruled);
        }
        state.reviews(new ReviewState(held.open(), rulings, held.apart()), out);
    }

    /** Tells rows apart, and reports what is new about that. */
    Heard hear(Veil.Seen seen, Cause cause, GoldenRecords.Out sink) {
        Map<String, List<Claim>> claims = seen.claims();
        boolean veiled = seen.hidden() != Veil.Hidden.NOTHING;
        if (identity == null) {
            return new Heard(claims, veiled, seen.hidden());
        }
        SubjectState state = subjects.of(cause.subject());
        ReviewState before = state.reviews();
        String subject = state.text();
        Identity.Judged judged = identity.judge(subject, claims, before.rulings());
        if (before.empty() && judged.apart().isEmpty()) {
            return new Heard(claims, veiled, seen.hidden());
        }
        Map<String, Review> open = open(subject, before, judged.apart(), cause.when());
        before.open().forEach((row, old) -> {
            if (!open.containsKey(row) && veiled) {
                sink.withdraw(Names.REVIEWS, old.key(), cause);
            } else if (!open.containsKey(row)) {
                sink.review(old.close(cause.when(), reason(old, before.rulings().get(row), claims)), cause);
            }
        });
        open.forEach((row, review) -> {
            if (!review.equals(before.open().get(row))) {
                sink.review(review, cause);
            }
        });
        Set<String> apart = tellApart(claims, judged.together(), before.apart(), cause, sink);
        if (!open.equals(before.open()) || !apart.equals(before.apart())) {
            state.reviews(new ReviewState(open, before.rulings(), apart), out);
        }
        return new Heard(judged.together(), true, seen.hidden());
    }

    /** Tells what is not heard any more, and what is again. @return {@code dataset|row} of what is not */
    private Set<String> tellApart(
            Map<String, List<Claim>> claims,
            Map<String, List<Claim>> together,
            Set<String> before,
            Cause cause,
            GoldenRecords.Out sink) {
        Set<String> apart = new TreeSet<>();
        claims.values().stream().flatMap(List::stream).map(Identity::rowOf).forEach(apart::add);
        together.values().stream().flatMap(List::stream).map(Identity::rowOf).forEach(apart::remove);
        apart.stream().filter(row -> !before.contains(row)).forEach(row -> sink.apart(apart(row, cause), cause));
        before.stream()
                .filter(row -> !apart.contains(row))
                .forEach(row ->
                        sink.withdraw(Names.apart(kind), apart(row, cause).key(), cause));
        return apart;
    }

    /** A row may have been written about a former identifier of the subject: its record is there. */
    private static RowApart apart(String datasetAndRow, Cause cause) {
        int bar = datasetAndRow.indexOf('|');
        String row = datasetAndRow.substring(bar + 1);
        String about = new String(cause.subject(), StandardCharsets.UTF_8);
        return new RowApart(
                Claim.writtenAbout(row, about),
                datasetAndRow.substring(0, bar),
                Claim.writtenRow(row),
                about,
                cause.when().truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whether rows are told apart, or were, or somebody has decided about them. */
    boolean divides(byte[] subject, Map<String, List<Claim>> claims) {
        if (identity == null) {
            return false;
        }
        SubjectState state = subjects.of(subject);
        ReviewState held = state.reviews();
        return !held.empty()
                || !identity.judge(state.text(), claims, held.rulings()).apart().isEmpty();
    }

    /** The rows that are heard, without telling anybody. */
    Map<String, List<Claim>> together(byte[] subject, Map<String, List<Claim>> claims) {
        if (identity == null) {
            return claims;
        }
        SubjectState state = subjects.of(subject);
        return identity.judge(state.text(), claims, state.reviews().rulings()).together();
    }

    private Map<String, Review> open(String subject, ReviewState before, List<Apart> apart, Instant when) {
        Map<String, Review> open = new LinkedHashMap<>();
        for (Apart one : apart) {
            if (!one.settled()) {
                Claim claim = one.claim();
                Review fresh = Review.open(
                        subject,
                        kind,
                        claim.dataset(),
                        claim.row(),
                        one.leader(),
                        one.compared(),
                        when.truncatedTo(ChronoUnit.MILLIS));
                Review old = before.open().get(fresh.rowKey());
                boolean same = old != null
                        && old.compared().equals(fresh.compared())
                        && old.leader().equals(fresh.leader());
                open.put(fresh.rowKey(), same ? old : fresh);
            }
        }
        return open;
    }

    private static Reason reason(Review old, @Nullable Ruled ruled, Map<String, List<Claim>> claims) {
        boolean there = claims.getOrDefault(old.dataset(), List.of()).stream()
                .anyMatch(claim -> claim.row().equals(old.row()));
        if (!there) {
            return Reason.GONE;
        }
        if (ruled == null || !ruled.compared().equals(old.compared())) {
            return Reason.AGREE;
        }
        return switch (ruled.decision()) {
            case SAME -> Reason.SAME;
            case DIFFERENT -> Reason.DIFFERENT;
        };
    }

    /** As it is published. */
    static Record<byte[], Emission> record(Review review, Cause cause) {
        Headers headers = new RecordHeaders().add(Lineage.AT, Lineage.at(cause.when()));
        byte[] key = review.key().getBytes(StandardCharsets.UTF_8);
        Emission emission = new Emission(Names.REVIEWS, ReviewFormat.FORMAT.encode(review));
        return new Record<>(key, emission, cause.timestamp(), headers);
    }
}
