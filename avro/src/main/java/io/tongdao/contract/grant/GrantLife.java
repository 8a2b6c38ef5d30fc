package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The life of a grant as a table: filed → approved → active ⇄ suspended → ended or expired. Resuming raises the epoch, so that what was
 * delivered before and after can be told apart.
 */
public final class GrantLife {
    private static final Map<Status, Set<Status>> STEPS = Map.of(
            Status.FILED, EnumSet.of(Status.FILED, Status.APPROVED, Status.ENDED, Status.EXPIRED),
            Status.APPROVED, EnumSet.of(Status.ACTIVE, Status.ENDED, Status.EXPIRED),
            Status.ACTIVE, EnumSet.of(Status.SUSPENDED, Status.ENDED, Status.EXPIRED),
            Status.SUSPENDED, EnumSet.of(Status.ACTIVE, Status.ENDED, Status.EXPIRED),
            Status.ENDED, EnumSet.noneOf(Status.class),
            Status.EXPIRED, EnumSet.noneOf(Status.class));

    private GrantLife() {}

    /** A step that the life of a grant doesn't have. The message names the grant, both states and what is possible instead. */
    public static final class IllegalStep extends IllegalStateException {
        private static final long serialVersionUID = 1;

        IllegalStep(String message) {
            super(message);
        }
    }

    /** @throws IllegalStep if the grant can't go there */
    public static Grant step(Grant grant, Status to, String by, String reason, Instant at) {
        if (!allowed(grant.status(), to)) {
            throw new IllegalStep(problem(grant, to));
        }
        int epoch = grant.status() == Status.SUSPENDED && to == Status.ACTIVE ? grant.epoch() + 1 : grant.epoch();
        return grant.moved(to, epoch, by, reason, at);
    }

    /** What is wrong with a version of a grant that follows another one; empty if nothing is. A repeated version is nothing wrong. */
    public static List<String> problems(Grant before, Grant after) {
        List<String> problems = new ArrayList<>();
        if (before.status() != after.status() && !allowed(before.status(), after.status())) {
            problems.add(problem(before, after.status()));
            return problems;
        }
        boolean resumed = before.status() == Status.SUSPENDED && after.status() == Status.ACTIVE;
        int epoch = resumed ? before.epoch() + 1 : before.epoch();
        if (after.epoch() != epoch) {
            problems.add("grant %s must have epoch %d here, not %d".formatted(after.id(), epoch, after.epoch()));
        }
        if (before.status() != Status.FILED && !after.releasesTheSameAs(before) && !narrowed(before, after)) {
            problems.add(
                    "grant %s releases something else than what was approved: file a new grant".formatted(after.id()));
        }
        return problems;
    }

    /** Between two epochs what was approved may become less (art. 36), never more. */
    private static boolean narrowed(Grant before, Grant after) {
        return before.status() == Status.SUSPENDED
                && after.status() == Status.SUSPENDED
                && after.releasesNoMoreThan(before);
    }

    /** Whether rows flow in this state. */
    public static boolean flows(Status status) {
        return status == Status.ACTIVE;
    }

    /** Whether whatever flowed must be cut in this state. */
    public static boolean cut(Status status) {
        return status == Status.SUSPENDED || status == Status.ENDED || status == Status.EXPIRED;
    }

    private static boolean allowed(Status from, Status to) {
        return steps(from).contains(to);
    }

    private static Set<Status> steps(Status from) {
        return STEPS.getOrDefault(from, Set.of());
    }

    private static String problem(Grant grant, Status to) {
        String possible = steps(grant.status()).stream().map(Status::word).collect(Collectors.joining(", "));
        return "grant %s is %s and can't become %s; possible: %s"
                .formatted(
                        grant.id(),
                        grant.status().word(),
                        to.word(),
                        possible.isEmpty() ? "nothing, it is over" : possible);
    }
}
