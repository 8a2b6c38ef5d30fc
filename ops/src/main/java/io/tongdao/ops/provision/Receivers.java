package io.tongdao.ops.provision;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import java.util.List;

/** Whether a return can go where it is to go: into the database that {@code sources.yaml} declares for its consumer (回流, art. 26). */
final class Receivers {
    /** PostgreSQL cuts names at 63 characters; what stands beside a table while it is filled is called a little longer. */
    private static final int LONGEST = 56;

    private Receivers() {}

    /** Why a grant could not be delivered as it asks; none: it can. */
    static List<String> problems(Plan plan, Grant grant) {
        if (!grant.delivery().contains(Grant.Delivery.DATABASE)) {
            return List.of();
        }
        String head = "grant " + grant.id() + ": delivery database: ";
        if (grant.kind() != Grant.Kind.RETURN) {
            return List.of(head + "only returns go into a database; take database out of delivery");
        }
        if (grant.id().length() > LONGEST) {
            return List.of(head + "its table would be called as the grant is: choose an id of at most " + LONGEST
                    + " characters");
        }
        if (grant.consumer().isEmpty() || plan.receiver(grant.consumer()).isPresent()) {
            return List.of();
        }
        return List.of(head
                + "no connection of sources.yaml receives for %s: declare one with receives: SCHEMA, or take database out of delivery, topic and table stay"
                        .formatted(grant.consumer()));
    }
}
