package io.tongdao.ops.api;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.provision.GrantDesk;
import java.util.List;
import java.util.function.Supplier;

/** Grants as somebody may see and move them: what is not theirs is as if it was not there. */
final class Grants {
    private final Supplier<GrantDesk> desk;
    private final Supplier<Plan> plan;

    Grants(Supplier<GrantDesk> desk, Supplier<Plan> plan) {
        this.desk = desk;
        this.plan = plan;
    }

    GrantDesk desk() {
        return desk.get();
    }

    List<Grant> seen(Identity who, Act act) {
        Plan now = plan.get();
        return desk.get().list().values().stream()
                .filter(grant -> Rights.may(who, act, grant, now))
                .toList();
    }

    /**
     * The grant that a request is about.
     *
     * @throws Problem if it may not be seen, or what is asked may not be done with it
     */
    Grant asked(Call call, Act act) {
        Grant grant = desk.get().list().get(call.path("id"));
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
