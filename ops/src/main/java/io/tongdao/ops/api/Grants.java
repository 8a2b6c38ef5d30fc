package io.tongdao.ops.api;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Grants as somebody may see and move them: what is not theirs is as if it was not there. */
final class Grants {
    private final Supplier<? extends Map<String, Grant>> known;
    private final Supplier<Plan> plan;

    /** @param known every grant by id, as it stands now */
    Grants(Supplier<? extends Map<String, Grant>> known, Supplier<Plan> plan) {
        this.known = known;
        this.plan = plan;
    }

    List<Grant> seen(Identity who, Act act) {
        Plan now = plan.get();
        return known.get().values().stream()
                .filter(grant -> Rights.may(who, act, grant, now))
                .sorted(Comparator.comparing(Grant::id))
                .toList();
    }

    /**
     * The grant that a request is about.
     *
     * @throws Problem if it may not be seen, or what is asked may not be done with it
     */
    Grant asked(Call call, Act act) {
        Grant grant = known.get().get(call.path("id"));
        Plan now = plan.get();
        if (grant == null || !Rights.may(call.who(), Act.SHOW_GRANT, grant, now)) {
            throw Problem.notFound();
        }
        if (!Rights.may(call.who(), act, grant, now)) {
            throw Problem.forbidden();
        }
        return grant;
    }
}
