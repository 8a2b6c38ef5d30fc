package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Review;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers that are one subject by the issuing agency's record (art. 24): the claims about the former are heard as claims about the
 * successor, as long as exactly one is named and none is its own successor; else nobody is merged and the link is under review. One for each
 * task.
 *
 * <p>A subject tells its successor what became it, before it sends a claim: so a claim never goes round a circle, since each subject of it
 * learns of the circle first. What it tells has come by no subject twice, so that telling ends.
 */
final class Links {
    private final SubjectKind kind;
    private final ClaimStore claims;
    private final Veil veil;
    private final SubjectStore subjects;
    private final Post post;
    private final BooleanSupplier holding;
    private final StateWriter out = new StateWriter();

    /** Where letters and reviews go. */
    interface Post {
        void send(Letter letter, Cause cause);

        void review(Review review, Cause cause);

        void withdraw(String topic, String key, Cause cause);
    }

    /** @param holding whether nobody is told what is not clear: it is found again when that is over */
    Links(SubjectKind kind, ClaimStore claims, Veil veil, SubjectStore subjects, Post post, BooleanSupplier holding) {
        this.kind = kind;
        this.claims = claims;
        this.veil = veil;
        this.subjects = subjects;
        this.post = post;
        this.holding = holding;
    }

    /** Whether everything about a subject is heard as about its successor. */
    boolean away(byte[] subject) {
        return !target(subject).isEmpty();
    }

    private String target(byte[] subject) {
        return subjects.of(subject).target();
    }

    /** A claim about a subject has changed: who it names as former is told, and it goes where the subject's claims go. */
    void changed(byte[] subject, ClaimStore.Change change, Cause cause) {
        String own = text(subject);
        Set<String> before = former(own, change.before());
        Set<String> after = former(own, change.after());
        String row = change.key().dataset() + '|' + change.key().row();
        before.stream()
                .filter(former -> !after.contains(former))
                .forEach(former -> post.send(new Letter.Named(own, former, row, false), cause));
        after.stream()
                .filter(former -> !before.contains(former))
                .forEach(former -> post.send(new Letter.Named(own, former, row, true), cause));
        String target = target(subject);
        if (!target.isEmpty()) {
            move(own, target, change.key(), change.after(), cause);
        }
    }

    /**
     * Takes a letter.
     *
     * @return whether what is heard about the subject may have changed
     */
    boolean heed(Letter letter, Cause cause) {
        byte[] subject = letter.toBytes();
        return switch (letter) {
            case Letter.Named named -> {
                LinkState state = held(subject);
                Set<String> rows = new TreeSet<>(state.named().getOrDefault(named.from(), Set.of()));
                boolean news = named.on() ? rows.add(named.row()) : rows.remove(named.row());
                put(state.named(), named.from(), rows.isEmpty() ? null : rows);
                yield news && settle(subject, state, cause);
            }
            case Letter.Became became -> {
                LinkState state = held(subject);
                put(state.became(), became.from(), became.ancestors());
                yield settle(subject, state, cause);
            }
            case Letter.Moved moved -> take(subject, moved, cause);
        };
    }

    /** Finds anew what a subject has become, since another word may be followed than before. */
    void anew(Cause cause) {
        LinkState state = held(cause.subject());
        if (!state.empty()) {
            settle(cause.subject(), state, cause);
        }
    }

    private boolean take(byte[] subject, Letter.Moved moved, Cause cause) {
        int bar = moved.row().indexOf('|');
        ClaimKey key = new ClaimKey(
                moved.row().substring(0, bar),
                Claim.movedRow(moved.from(), moved.row().substring(bar + 1)));
        Held held = moved.held() == null ? null : moved.held().under(key.row());
        ClaimStore.Change change = claims.put(subject, key, held);
        if (change == null) {
            return false;
        }
        String target = held(subject).target();
        if (!target.isEmpty()) {
            move(text(subject), target, key, change.after(), cause);
        }
        return true;
    }

    /** Finds anew where a subject's claims go, and tells who is concerned. */
    private boolean settle(byte[] subject, LinkState state, Cause cause) {
        String own = text(subject);
        boolean circle = state.circle(own);
        List<String> named = state.named().keySet().stream()
                .filter(one -> !veil.hidesLink(own, one))
                .toList();
        String successor = named.size() == 1 ? named.getFirst() : "";
        Map<String, Set<String>> ancestors = successor.isEmpty() ? Map.of() : state.all(own);
        String target = circle ? "" : successor;
        if (!state.target().equals(target) && !state.target().isEmpty()) {
            claims.each(subject, (key, claim) -> move(own, state.target(), key, null, cause));
        }
        if (!state.told().equals(successor) && !state.told().isEmpty()) {
            post.send(new Letter.Became(own, state.told(), null), cause);
        }
        if (!successor.isEmpty()
                && !(state.told().equals(successor) && state.ancestors().equals(ancestors))) {
            post.send(new Letter.Became(own, successor, ancestors), cause);
        }
        if (!state.target().equals(target) && !target.isEmpty()) {
            claims.each(subject, (key, claim) -> move(own, target, key, claim, cause));
        }
        Map<String, Review> open = holding.getAsBoolean()
                ? state.open()
                : review(own, state, circle || named.size() > 1 ? named : List.of(), cause);
        keep(subject, new LinkState(state.named(), state.became(), successor, ancestors, target, open));
        return !state.target().equals(target);
    }

    private Map<String, Review> review(String own, LinkState state, List<String> unclear, Cause cause) {
        Map<String, Review> open = new TreeMap<>();
        for (String successor : unclear) {
            Review old = state.open().get(successor);
            Set<String> rows = state.named().getOrDefault(successor, Set.of());
            open.put(successor, old == null ? opened(own, successor, rows, cause) : old);
        }
        state.open().forEach((successor, old) -> {
            if (veil.hidesLink(own, successor)) {
                post.withdraw(Names.REVIEWS, old.key(), cause);
            } else if (!open.containsKey(successor)) {
                boolean named = state.named().containsKey(successor);
                post.review(old.close(cause.when(), named ? Review.Reason.AGREE : Review.Reason.GONE), cause);
            }
        });
        return open;
    }

    private Review opened(String own, String successor, Set<String> rows, Cause cause) {
        String row = rows.iterator().next();
        Review review = Review.open(
                own,
                kind,
                row.substring(0, row.indexOf('|')),
                Claim.movedRow(successor, ""),
                "",
                "",
                cause.when().truncatedTo(ChronoUnit.MILLIS));
        post.review(review, cause);
        return review;
    }

    private void move(String own, String target, ClaimKey key, @Nullable Claim claim, Cause cause) {
        Held held = claim == null ? null : Held.moved(claim, cause.now());
        post.send(new Letter.Moved(own, target, key.dataset() + '|' + key.row(), held), cause);
    }

    /** The former identifiers that a row of the subject's own names. */
    private static Set<String> former(String own, @Nullable Claim claim) {
        if (claim == null || !(claim.items().get(Claim.FORMERLY) instanceof String text)) {
            return Set.of();
        }
        Set<String> former = new TreeSet<>(Arrays.asList(text.split("\\|")));
        former.remove(own);
        return former;
    }

    private static <V> void put(Map<String, V> all, String name, @Nullable V value) {
        if (value == null) {
            all.remove(name);
        } else {
            all.put(name, value);
        }
    }

    private LinkState held(byte[] subject) {
        return subjects.of(subject).links();
    }

    private void keep(byte[] subject, LinkState state) {
        subjects.of(subject).links(state, out);
    }

    private static String text(byte[] subject) {
        return new String(subject, StandardCharsets.UTF_8);
    }
}
