package io.tongdao.ops.provision;

import io.tongdao.contract.grant.Grant;
import java.util.List;

/** The lower levels whose own database this exchange writes to (回流, art. 26). */
public final class Receivers {
    /** The county whose database stands beside the sample province. */
    public static final String COUNTY = "530102";

    private Receivers() {}

    /** Why a grant could not be delivered as it asks; none: it can. */
    static List<String> problems(Grant grant) {
        boolean untold = grant.kind() == Grant.Kind.RETURN && grant.territory().isEmpty();
        if (!grant.delivery().contains(Grant.Delivery.DATABASE) || untold || COUNTY.equals(grant.territory())) {
            return List.of();
        }
        return List.of(
                "grant %s: delivery database: this exchange knows the database of %s only, for returns to it; take database out of delivery, topic and table stay"
                        .formatted(grant.id(), COUNTY));
    }
}
