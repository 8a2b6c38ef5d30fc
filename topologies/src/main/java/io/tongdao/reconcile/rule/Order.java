package io.tongdao.reconcile.rule;

import io.tongdao.contract.dispute.Ruling.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, or objected, about an item of a subject: as much of it as reconciliation acts on.
 *
 * @param objection id of the objection that stands; empty: none
 * @param decision of the ruling; null: there is none
 * @param valueSet that the ruling settles
 * @param leading the value that it found right, wrong or to be corrected
 * @param serve the dataset that is served where the source was wrong, else empty
 * @param answers id of the objection that it answers, else empty
 */
public record Order(
        String objection, @Nullable Decision decision, String valueSet, String leading, String serve, String answers) {
    public static final Order NONE = new Order("", null, "", "", "", "");

    /** Whether nothing is left of it. */
    public boolean empty() {
        return objection.isEmpty() && decision == null;
    }

    /** Whether an objection flags the value that stands: nobody has answered it, or the correction is not seen yet. */
    boolean objects(String standing) {
        if (objection.isEmpty()) {
            return false;
        }
        boolean answered = decision != null && answers.equals(objection);
        return !answered || (decision == Decision.CORRECTED && leading.equals(standing));
    }

    /** Whether a discrepancy of these values was found to be none. */
    boolean upholds(Conflict conflict) {
        return decision == Decision.UPHELD && valueSet.equals(conflict.valueSet());
    }

    /** Whether the source has said that it corrects its value, and has not done it. */
    boolean awaits(Conflict conflict) {
        return decision == Decision.CORRECTED && valueSet.equals(conflict.valueSet());
    }

    public Order objected(String id) {
        return new Order(id, decision, valueSet, leading, serve, answers);
    }

    public Order ruled(@Nullable Decision how, String set, String stood, String served, String answered) {
        return new Order(objection, how, set, stood, served, answered);
    }
}
