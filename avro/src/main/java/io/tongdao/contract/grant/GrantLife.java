package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The life of a grant as a table: filed, or incomplete until it is filed again whole → approved → active ⇄ suspended → over: ended, withdrawn
 * or expired. Resuming raises the epoch, so that what was delivered before and after can be told apart.
 */
public final class GrantLife {
    private static final Set<Status> OVER = EnumSet.of(Status.EXPIRED, Status.ENDED, Status.WITHDRAWN);
    private static final Map<Status, Set<Status>> STEPS = Map.of(
            Status.FILED, orOver(Status.FILED, Status.INCOMPLETE, Status.APPROVED),
            Status.INCOMPLETE, orOver(Status.FILED, Status.INCOMPLETE),
            Status.APPROVED, orOver(Status.ACTIVE),
            Status.ACTIVE, orOver(Status.SUSPENDED),
            Status.SUSPENDED, orOver(Status.ACTIVE));

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
        if (!mayBeFiled(before.status()) && !after.releasesTheSameAs(before) && !narrowed(before, after)) {
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
        return status == Status.SUSPENDED || over(status);
    }

    /** Whether nothing can follow. */
    public static boolean over(Status status) {
        return OVER.contains(status);
    }

    /** Whether the application may be filed again, completed or changed, since nobody is bound by it yet. */
    public static boolean mayBeFiled(Status status) {
        return status == Status.FILED || status == Status.INCOMPLETE;
    }

    /** Where a grant can go from here. */
    public static Set<Status> steps(Status from) {
        return STEPS.getOrDefault(from, Set.of());
    }

    private static Set<Status> orOver(Status... next) {
        Set<Status> steps = EnumSet.copyOf(OVER);
        steps.addAll(List.of(next));
        return Collections.unmodifiableSet(steps);
    }

    private static boolean allowed(Status from, Status to) {
        return steps(from).contains(to);
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
