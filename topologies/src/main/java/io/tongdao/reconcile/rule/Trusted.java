package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.Strategy;
import io.tongdao.contract.plan.Strategy.Tie;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the value of the most trusted source. Trust is counted in thousandths, so that it is the same on every machine. */
final class Trusted {
    private static final int THOUSAND = 1_000;
    private final ItemRule rule;
    private final List<String> order;
    private final Strategy.Trust trust;
    private final Spoken spoken;
    private final Claim[] claims;
    private final long[] scores;

    Trusted(ItemRule rule, List<String> order, Strategy.Trust trust, Spoken spoken) {
        this.rule = rule;
        this.order = order;
        this.trust = trust;
        this.spoken = spoken;
        this.claims = new Claim[order.size()];
        this.scores = new long[order.size()];
    }

    @Nullable
    Choice choose() {
        long best = weigh();
        if (best == EventTime.UNKNOWN) {
            return null;
        }
        int winner = -1;
        int tied = 0;
        for (int i = 0; i < claims.length; i++) {
            if (near(i, best)) {
                tied++;
                winner = winner < 0 || before(i, winner) ? i : winner;
            }
        }
        Claim claim = claims[winner];
        return new Choice(
                claim,
                tied == 1 ? GoldenRecord.Rule.TRUST : GoldenRecord.Rule.TRUST_TIE,
                tied == 1 ? List.of() : rivals(winner, best));
    }

    /** @return the greatest score, unknown if nobody has a value */
    private long weigh() {
        Period halfLife = trust.halfLife();
        long newest = halfLife == null ? EventTime.UNKNOWN : spoken.newest(order);
        long best = EventTime.UNKNOWN;
        for (int i = 0; i < claims.length; i++) {
            Claim claim = rule.speaker(spoken, order.get(i));
            if (claim != null) {
                claims[i] = claim;
                int score = trust.scores().get(i);
                scores[i] = halfLife == null
                        ? (long) score * THOUSAND
                        : aged(score, newest - EventTime.of(claim.asOf()), claim.asOf() == null, halfLife);
                best = Math.max(best, scores[i]);
            }
        }
        return best;
    }

    /** What is left of trust in a value that is so old; of one whose age nobody knows the floor. */
    private long aged(int score, long age, boolean unknown, Period halfLife) {
        if (score <= trust.floor()) {
            return (long) score * THOUSAND;
        }
        double left = unknown ? 0 : StrictMath.pow(0.5, age / EventTime.micros(halfLife));
        return Math.round((trust.floor() + (score - trust.floor()) * left) * THOUSAND);
    }

    private boolean near(int i, long best) {
        return claims[i] != null && (scores[i] == best || best - scores[i] < (long) trust.margin() * THOUSAND);
    }

    /** Whether the ties put one source before another that stands earlier in the order. */
    private boolean before(int i, int j) {
        for (Tie tie : trust.ties()) {
            int compared = switch (tie) {
                case TRUST -> Long.compare(scores[i], scores[j]);
                case EVENT_TIME -> Long.compare(EventTime.of(claims[i].asOf()), EventTime.of(claims[j].asOf()));
                case SOURCE_ORDER -> Integer.compare(j, i);
            };
            if (compared != 0) {
                return compared > 0;
            }
        }
        return i < j;
    }

    private List<String> rivals(int winner, long best) {
        List<String> rivals = new ArrayList<>(claims.length - 1);
        for (int i = 0; i < claims.length; i++) {
            if (i != winner && near(i, best)) {
                rivals.add(order.get(i));
            }
        }
        return List.copyOf(rivals);
    }
}
