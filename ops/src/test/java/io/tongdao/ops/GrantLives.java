package io.tongdao.ops;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantLife;
import java.time.Instant;
import java.util.List;

/** Grants that have come to a state by the steps that lead there. */
public final class GrantLives {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    private GrantLives() {}

    /** @param filed as it is filed */
    public static Grant reached(Grant filed, Status status) {
        Grant grant = filed;
        for (Status step : way(status)) {
            grant = GrantLife.step(grant, step, "t", step.word(), NOW);
        }
        return grant;
    }

    private static List<Status> way(Status to) {
        return switch (to) {
            case FILED -> List.of();
            case APPROVED, INCOMPLETE, ENDED, EXPIRED, WITHDRAWN -> List.of(to);
            case ACTIVE -> List.of(Status.APPROVED, Status.ACTIVE);
            case SUSPENDED -> List.of(Status.APPROVED, Status.ACTIVE, Status.SUSPENDED);
        };
    }
}
