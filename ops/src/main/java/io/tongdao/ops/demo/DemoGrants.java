package io.tongdao.ops.demo;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.ops.provision.GrantDesk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What the demo decides about its two grants. Each step looks at what is already so, so that a run that was killed goes on where it
 * stopped: filed, approved, active; later suspended and resumed once.
 */
public final class DemoGrants {
    public static final String SHARE = "yb-enrolment";
    static final String RETURN = "wuhua-return";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private final GrantDesk desk;
    private final Path files;

    public DemoGrants(GrantDesk desk, Path catalogue) {
        this.desk = desk;
        this.files = catalogue.resolve("grants");
    }

    /** Files and approves what isn't; returns how long it took until everything that was there had been released. */
    public Duration open(String id) {
        Instant begin = Instant.now();
        Grant grant = desk.list().get(id);
        if (grant == null) {
            grant = desk.file(files.resolve(id + ".yaml"), "demo applicant");
        }
        if (grant.status() == Status.FILED) {
            for (String agency : Set.copyOf(desk.missingApprovals(grant))) {
                desk.approve(id, agency, "head of " + agency);
            }
        }
        if (grant.status() != Status.SUSPENDED && !desk.awaitFlow(id, LIMIT)) {
            throw new IllegalStateException("grant " + id + " did not flow within " + LIMIT.toSeconds() + " s");
        }
        return Duration.between(begin, Instant.now());
    }

    /** Whether the share has been suspended in this run or an earlier one. */
    boolean wasSuspended() {
        Grant grant = desk.list().get(SHARE);
        return grant != null && (grant.epoch() > 1 || grant.status() == Status.SUSPENDED);
    }

    /** From the order until nothing can follow. */
    Duration suspend() {
        Instant begin = Instant.now();
        desk.suspend(SHARE, "省数据局", "demo: use beyond purpose is looked into (art. 36)");
        if (!desk.awaitCut(SHARE, LIMIT)) {
            throw new IllegalStateException("grant " + SHARE + " was not cut within " + LIMIT.toSeconds() + " s");
        }
        return Duration.between(begin, Instant.now());
    }

    void resume() {
        Grant grant = desk.list().get(SHARE);
        if (grant != null && grant.status() == Status.SUSPENDED) {
            if (!desk.awaitCut(SHARE, LIMIT)) {
                throw new IllegalStateException("grant " + SHARE + " is still being cut");
            }
            desk.resume(SHARE, "省数据局");
        }
        if (!desk.awaitFlow(SHARE, LIMIT)) {
            throw new IllegalStateException(
                    "grant " + SHARE + " did not flow again within " + LIMIT.toSeconds() + " s");
        }
    }
}
