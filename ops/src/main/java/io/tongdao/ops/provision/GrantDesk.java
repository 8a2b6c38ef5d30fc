package io.tongdao.ops.provision;

import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.release.ReleaseCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Where decisions about grants are written: each call reads {@code ctl.grant} to its end, checks the step, and writes the new version.
 * What is to be done about it does the {@link Provisioner}; {@link #awaitFlow} and {@link #awaitCut} wait for that.
 */
public final class GrantDesk {
    private static final Duration WAIT = Duration.ofMillis(100);
    private final Map<String, Object> client;
    private final Plan plan;
    private final InstantSource clock;

    /** @param client how to reach the cluster as {@link Principals#DECIDE} */
    public GrantDesk(Map<String, Object> client, Plan plan, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * Files an application, or files it again while it is not approved; approvals so far are forgotten then. What is missing makes it
     * incomplete, see {@link #findings}: filed again whole it goes on.
     *
     * @throws CatalogueRefused if the file can't be read: every problem at once
     * @throws GrantRefused if the catalogue doesn't allow it: every reason at once
     */
    public Grant file(Path yaml, String by) {
        Instant now = clock.instant();
        return file(GrantFile.read(yaml, by, now, plan.files()), now);
    }

    /**
     * An application that is in no file, as it is read.
     *
     * @param application filed now
     */
    public Grant file(Grant application) {
        return file(application, clock.instant());
    }

    private Grant file(Grant application, Instant now) {
        try (GrantJournal journal = new GrantJournal(client)) {
            Grant known = journal.toEnd().get(application.id());
            Grant grant = new GrantFiling(plan, now, journal::notOpen).judged(application, known);
            journal.write(grant);
            return grant;
        }
    }

    /** A provider's approval; with the last one missing the grant is approved, and active when its time has come. */
    public Grant approve(String id, String agency, String by) {
        return approve(id, agency, by, "");
    }

    /** @param reason put on record; empty: none is given */
    public Grant approve(String id, String agency, String by, String reason) {
        try (GrantJournal journal = new GrantJournal(client)) {
            Grant known = known(journal, id);
            if (known.status() != Status.FILED) {
                throw new GrantRefused("grant " + id + " is " + known.status().word() + " and waits for no approval");
            }
            List<String> problems = new ArrayList<>(ReleaseCheck.check(plan, known));
            problems.addAll(journal.notOpen(known, clock.instant()));
            if (!problems.isEmpty()) {
                throw new GrantRefused(problems);
            }
            Set<String> providers = ReleaseCheck.providers(plan, known);
            if (!providers.contains(agency)) {
                throw new GrantRefused("grant %s needs no approval of %s but of: %s"
                        .formatted(id, agency, String.join(", ", providers)));
            }
            Grant next = known.approvedFor(agency, by, reason, clock.instant());
            if (ReleaseCheck.missingApprovals(plan, next).isEmpty()) {
                next = GrantLife.step(next, Status.APPROVED, by, "approved by all providers", clock.instant());
            }
            journal.write(next);
            return next;
        }
    }

    public Grant suspend(String id, String by, String reason) {
        return step(id, Status.SUSPENDED, by, reason);
    }

    /** Lets a suspended grant flow again: a new epoch with a topic of its own, filled from the beginning. */
    public Grant resume(String id, String by) {
        return resume(id, by, "resumed");
    }

    public Grant resume(String id, String by, String reason) {
        return step(id, Status.ACTIVE, by, reason);
    }

    /**
     * Leaves a suspended grant only these items under these masks, no more than it had: what a change of the catalogue left of it.
     *
     * @throws GrantRefused if it is not suspended, or would release more
     */
    public Grant narrow(String id, Map<String, Mask> items) {
        try (GrantJournal journal = new GrantJournal(client)) {
            Grant known = known(journal, id);
            Grant narrowed = known.narrowedTo(items);
            List<String> problems = GrantLife.problems(known, narrowed);
            if (!problems.isEmpty()) {
                throw new GrantRefused(problems);
            }
            journal.write(narrowed);
            return narrowed;
        }
    }

    public Grant end(String id, String by, String reason) {
        return step(id, Status.ENDED, by, reason);
    }

    /**
     * The applicant takes it back, whether it flows or not.
     *
     * @param agency on whose behalf: the grant's consumer
     */
    public Grant withdraw(String id, String agency, String by, String reason) {
        try (GrantJournal journal = new GrantJournal(client)) {
            Grant known = known(journal, id);
            if (!known.consumer().equals(agency)) {
                throw new GrantRefused("grant %s is %s's: only who applied for it withdraws it; others end it"
                        .formatted(id, known.consumer().isEmpty() ? "nobody" : known.consumer()));
            }
            return step(journal, known, Status.WITHDRAWN, by, reason);
        }
    }

    /** All grants by id, as they stand. */
    public SortedMap<String, Grant> list() {
        try (GrantJournal journal = new GrantJournal(client)) {
            return journal.toEnd();
        }
    }

    /** What stands against a grant by the catalogue in force. */
    public GrantFindings findings(Grant grant) {
        return ReleaseCheck.findings(plan, grant);
    }

    /** The epochs that are provisioned and not cut: whose tokens are being made. */
    public List<Epoch> epochs() {
        try (GrantJournal journal = new GrantJournal(client)) {
            List<Epoch> epochs = new ArrayList<>();
            for (Grant grant : journal.toEnd().values()) {
                Ack ack = journal.ack(grant.id(), grant.epoch(), Ack.PROVISION, 0);
                if (ack != null && ack.state() == Ack.State.PROVISIONED) {
                    epochs.add(new Epoch(grant, ack.tokens()));
                }
            }
            return epochs;
        }
    }

    /** The providers whose approval a filed grant still needs. */
    public Set<String> missingApprovals(Grant grant) {
        return ReleaseCheck.missingApprovals(plan, grant);
    }

    /** Waits until every row that stood in the state when the grant became active has been released; false if that takes longer. */
    public boolean awaitFlow(String id, Duration timeout) {
        return await(id, timeout, this::flows);
    }

    /** Waits until nothing of a grant that is suspended or over can follow; false if that takes longer. */
    public boolean awaitCut(String id, Duration timeout) {
        return await(id, timeout, (journal, grant) -> GrantLife.cut(grant.status()) && cut(journal, grant));
    }

    /** When the last cut of a grant's epoch was complete: every task had acknowledged and the topic was gone. Empty while it isn't. */
    public Optional<Instant> cutAt(String id) {
        try (GrantJournal journal = new GrantJournal(client)) {
            Grant grant = known(journal, id);
            Ack ack = journal.ack(grant.id(), grant.epoch(), Ack.PROVISION, 0);
            return Optional.ofNullable(ack)
                    .filter(a -> a.state() == Ack.State.CUT)
                    .map(Ack::at);
        }
    }

    private interface Condition {
        boolean holds(GrantJournal journal, Grant grant);
    }

    private boolean await(String id, Duration timeout, Condition condition) {
        Instant limit = Instant.now().plus(timeout);
        try (GrantJournal journal = new GrantJournal(client)) {
            Grant grant = known(journal, id);
            while (!condition.holds(journal, grant)) {
                if (Instant.now().isAfter(limit)) {
                    return false;
                }
                for (GrantJournal.Change change : journal.poll(WAIT)) {
                    if (change.id().equals(id) && change.grant() != null) {
                        grant = change.grant();
                    }
                }
            }
            return true;
        }
    }

    private boolean flows(GrantJournal journal, Grant grant) {
        if (!GrantLife.flows(grant.status())) {
            return false;
        }
        SubjectKind kind = GrantPlan.compile(plan, grant).kind();
        return IntStream.range(0, plan.partitions().getOrDefault(kind, 1))
                .mapToObj(partition -> journal.ack(grant.id(), grant.epoch(), kind.word(), partition))
                .allMatch(ack -> ack != null && ack.state() == Ack.State.BACKFILLED);
    }

    /** A grant that never flowed has nothing to cut. */
    private static boolean cut(GrantJournal journal, Grant grant) {
        Ack ack = journal.ack(grant.id(), grant.epoch(), Ack.PROVISION, 0);
        return ack == null || ack.state() == Ack.State.CUT;
    }

    private Grant step(String id, Status to, String by, String reason) {
        try (GrantJournal journal = new GrantJournal(client)) {
            return step(journal, known(journal, id), to, by, reason);
        }
    }

    private Grant step(GrantJournal journal, Grant known, Status to, String by, String reason) {
        try {
            Grant next = GrantLife.step(known, to, by, reason, clock.instant());
            journal.write(next);
            return next;
        } catch (GrantLife.IllegalStep e) {
            throw new GrantRefused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Grant known(GrantJournal journal, String id) {
        SortedMap<String, Grant> grants = journal.toEnd();
        Grant grant = grants.get(id);
        if (grant == null) {
            throw new GrantRefused("there is no grant " + id + "; there are: " + String.join(", ", grants.keySet()));
        }
        return grant;
    }
}
