package io.tongdao.reconcile;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Conflict;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Docket.Past;
import io.tongdao.reconcile.rule.OpenConflict;
import io.tongdao.reconcile.rule.OpenConflict.Mark;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.runtime.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What a rebuilt task has to remember of its subjects, taken from what the stage's topics hold: versions of golden records, discrepancies and
 * reviews that stand and since when. In whatever order it comes with the rows, and how often.
 */
final class Seeds {
    private final KindPlan part;
    private final SubjectStore subjects;
    private final StateWriter out = new StateWriter();

    Seeds(KindPlan part, SubjectStore subjects) {
        this.part = part;
        this.subjects = subjects;
    }

    void take(Seed.Known seed) {
        switch (seed.topic()) {
            case Names.DISCREPANCIES -> discrepancy(DiscrepancyFormat.FORMAT.decode(seed.content()));
            case Names.REVIEWS -> review(ReviewFormat.FORMAT.decode(seed.content()));
            default -> {
                if (seed.topic().startsWith(Names.APART)) {
                    apart(RowApart.ofKey(seed.key()));
                } else {
                    golden(seed);
                }
            }
        }
    }

    private void golden(Seed.Known seed) {
        part.bases().stream()
                .filter(base -> base.topic().name().equals(seed.topic()))
                .forEach(base -> change(seed.key(), base.name(), state -> {
                    String digest = GoldenState.sown(new String(seed.content(), StandardCharsets.UTF_8));
                    return new GoldenState(
                            Objects.requireNonNull(seed.ver()), digest, 0, state.open(), state.past(), state.orders());
                }));
    }

    private void discrepancy(Discrepancy told) {
        change(told.subject(), told.base(), state -> told.stands() ? open(state, told) : past(state, told));
    }

    private static GoldenState open(GoldenState state, Discrepancy told) {
        List<OpenConflict> open = new ArrayList<>(state.open());
        open.removeIf(one -> one.conflict().item().equals(told.item()));
        open.add(new OpenConflict(conflict(told), told.since(), 0, first(told), told.reopened(), mark(told)));
        return told(state, open, without(state.past(), told));
    }

    private static GoldenState past(GoldenState state, Discrepancy told) {
        List<OpenConflict> open = new ArrayList<>(state.open());
        open.removeIf(one -> one.conflict().item().equals(told.item()));
        List<Past> past = without(state.past(), told);
        past.add(new Past(told.item(), told.valueSet(), first(told), told.reopened()));
        Instant closed = told.closed();
        GoldenState known = state.exists()
                ? state
                : new GoldenState(
                        state.ver(),
                        state.digest(),
                        (closed == null ? told.since() : closed).toEpochMilli(),
                        state.open(),
                        state.past(),
                        state.orders());
        return told(known, open, past);
    }

    private static List<Past> without(List<Past> all, Discrepancy told) {
        List<Past> past = new ArrayList<>(all);
        past.removeIf(one -> one.item().equals(told.item()) && one.valueSet().equals(told.valueSet()));
        return past;
    }

    private static GoldenState told(GoldenState state, List<OpenConflict> open, List<Past> past) {
        return new GoldenState(
                state.ver(), state.digest(), state.goneAt(), List.copyOf(open), List.copyOf(past), state.orders());
    }

    private static Conflict conflict(Discrepancy told) {
        List<String> sources = told.sources();
        String leading = told.leading();
        return new Conflict(
                told.item(),
                sources.getFirst(),
                List.copyOf(sources.subList(1, sources.size())),
                told.addressees(),
                told.valueSet(),
                leading == null ? told.valueSet() : leading);
    }

    private static Instant first(Discrepancy told) {
        Instant first = told.first();
        return first == null ? told.since() : first;
    }

    private static Mark mark(Discrepancy told) {
        return told.state().equals(Discrepancy.AWAITING) ? Mark.AWAITING : told.objected() ? Mark.OBJECTED : Mark.PLAIN;
    }

    /** Of an identifier that has several successors, or of a row. */
    private void review(Review told) {
        SubjectState subject = of(told.subject());
        if (told.compared().isEmpty()) {
            LinkState links = subject.links();
            Map<String, Review> open = new TreeMap<>(links.open());
            keep(open, Claim.writtenAbout(told.row(), ""), told);
            subject.links(
                    new LinkState(links.named(), links.became(), links.told(), links.ancestors(), links.target(), open),
                    out);
        } else {
            ReviewState reviews = subject.reviews();
            Map<String, Review> open = new LinkedHashMap<>(reviews.open());
            keep(open, told.rowKey(), told);
            subject.reviews(new ReviewState(open, reviews.rulings(), reviews.apart()), out);
        }
    }

    private static void keep(Map<String, Review> open, String name, Review told) {
        if (told.stands()) {
            open.put(name, told);
        } else {
            open.remove(name);
        }
    }

    private void apart(RowApart told) {
        SubjectState subject = of(told.about());
        ReviewState reviews = subject.reviews();
        TreeSet<String> apart = new TreeSet<>(reviews.apart());
        String row = told.subject().equals(told.about()) ? told.row() : Claim.movedRow(told.subject(), told.row());
        apart.add(told.dataset() + '|' + row);
        subject.reviews(new ReviewState(reviews.open(), reviews.rulings(), apart), out);
    }

    private void change(String about, String base, UnaryOperator<GoldenState> change) {
        SubjectState subject = of(about);
        GoldenState state = subject.golden(base);
        subject.golden(base, change.apply(state == null ? GoldenState.none(0) : state));
    }

    private SubjectState of(String subject) {
        return subjects.of(subject.getBytes(StandardCharsets.UTF_8));
    }
}
