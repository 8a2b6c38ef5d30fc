package io.tongdao.ops.provision;

import io.tongdao.contract.plan.Plan;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Review;

/**
 * Who may read which discrepancies and reviews (art. 20): the agency that is addressed, and the authority of its level. {@code authority} is the
 * province's, {@code authority@530100} that of a division.
 */
public final class DiscrepancyReader {
    private static final String AUTHORITY = "authority";
    private static final String PROVINCE = "province";
    private final Plan plan;
    private final String who;

    /** @throws DisputeRefused if there is no such agency */
    public DiscrepancyReader(Plan plan, String who) {
        this.plan = plan;
        this.who = who;
        if (!who.equals(AUTHORITY)
                && !who.startsWith(AUTHORITY + "@")
                && !plan.agencies().containsKey(who)) {
            throw new DisputeRefused("there is no agency " + who + "; there are: authority, "
                    + String.join(", ", plan.agencies().keySet()));
        }
    }

    public boolean may(Discrepancy discrepancy) {
        return discrepancy.addressees().stream().anyMatch(this::reads);
    }

    public boolean may(Review review) {
        return review.addressees().stream().anyMatch(this::reads);
    }

    private boolean reads(String addressee) {
        Plan.Agency agency = plan.agencies().get(addressee);
        if (who.equals(AUTHORITY)) {
            return agency == null || agency.level().equals(PROVINCE);
        }
        return who.startsWith(AUTHORITY)
                ? agency != null && who.equals(AUTHORITY + "@" + agency.division())
                : who.equals(addressee);
    }
}
