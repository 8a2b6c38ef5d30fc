package io.tongdao.ops.provision;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.Plan;
import io.tongdao.release.ReleaseCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The grants as they stand, and what each change of one asks for. A change that the life of a grant or the catalogue doesn't allow is
 * refused: the version in force is written back, and the log says why.
 */
final class GrantsInForce {
    private static final Logger LOG = LoggerFactory.getLogger(GrantsInForce.class);
    private static final Duration BETWEEN_REPAIRS = Duration.ofSeconds(5);
    private static final String ITSELF = "provisioner";

    private final Plan plan;
    private final Supplier<Map<String, List<Right>>> stages;
    private final Topics topics;
    private final Rights rights;
    private final Quotas quotas;
    private final GrantJournal journal;
    private final GrantWork work;
    private final InstantSource clock;
    private final TreeMap<String, Grant> inForce = new TreeMap<>();
    private Instant nextRepair = Instant.MIN;

    /** @param stages what the stages' principals may do at this moment */
    GrantsInForce(
            Plan plan,
            Supplier<Map<String, List<Right>>> stages,
            Topics topics,
            Rights rights,
            Quotas quotas,
            GrantJournal journal,
            GrantWork work,
            InstantSource clock) {
        this.plan = plan;
        this.stages = stages;
        this.topics = topics;
        this.rights = rights;
        this.quotas = quotas;
        this.journal = journal;
        this.work = work;
        this.clock = clock;
    }

    /** Takes up what the journal holds, as an earlier run left it. */
    void resume() {
        journal.toEnd().values().forEach(this::resume);
        repair();
    }

    /** Acts on what has changed within this time, on acknowledgements, and on the clock. */
    void follow(Duration wait) {
        journal.poll(wait).forEach(this::changed);
        work.advance();
        byTheClock();
        if (clock.instant().isAfter(nextRepair)) {
            repair();
        }
    }

    /** A grant as an earlier run left it, whatever happened since. */
    private void resume(Grant grant) {
        List<String> problems = GrantLife.flows(grant.status()) ? unchecked(grant) : List.of();
        Grant now = grant;
        if (!problems.isEmpty()) {
            LOG.warn("grant {} is suspended: {}", grant.id(), problems);
            now = GrantLife.step(grant, Status.SUSPENDED, ITSELF, String.join("; ", problems), clock.instant());
            journal.write(now);
        }
        inForce.put(now.id(), now);
        for (int epoch = 1; epoch < now.epoch(); epoch++) {
            cut(now.atEpoch(epoch));
        }
        act(now);
    }

    private void changed(GrantJournal.Change change) {
        Grant before = inForce.get(change.id());
        Grant after = change.grant();
        if (after != null && after.equals(before)) {
            return;
        }
        List<String> problems =
                after == null ? List.of("its entry was removed or can't be read") : problems(before, after);
        if (after != null && problems.isEmpty()) {
            inForce.put(after.id(), after);
            act(after);
            giveRights();
        } else {
            LOG.warn("a change of grant {} is refused: {}", change.id(), problems);
            if (before != null) {
                journal.write(before);
            } else if (after != null) {
                journal.remove(change.id());
            }
        }
    }

    private List<String> problems(@Nullable Grant before, Grant after) {
        List<String> problems = new ArrayList<>();
        if (before != null) {
            problems.addAll(GrantLife.problems(before, after));
        } else if (!GrantLife.mayBeFiled(after.status())) {
            problems.add("it was never filed");
        }
        if (after.status() == Status.APPROVED || after.status() == Status.ACTIVE) {
            problems.addAll(unchecked(after));
        }
        return problems;
    }

    private List<String> unchecked(Grant grant) {
        List<String> problems = new ArrayList<>(ReleaseCheck.check(plan, grant));
        problems.addAll(journal.notOpen(grant, clock.instant()));
        if (problems.isEmpty()) {
            Set<String> missing = ReleaseCheck.missingApprovals(plan, grant);
            missing.forEach(agency -> problems.add("the approval of " + agency + " is missing"));
        }
        return problems;
    }

    private void act(Grant grant) {
        if (GrantLife.flows(grant.status())) {
            work.begin(grant);
        } else if (GrantLife.cut(grant.status())) {
            cut(grant);
        }
    }

    private void cut(Grant grant) {
        if (!work.said(grant, Ack.State.CUT)) {
            work.cut(grant);
        }
    }

    private void byTheClock() {
        Instant now = clock.instant();
        for (Grant grant : List.copyOf(inForce.values())) {
            if (!GrantLife.over(grant.status()) && grant.terms().over(now)) {
                step(grant, Status.EXPIRED, "its time is over", now);
            } else if (!GrantLife.over(grant.status()) && !shut(grant, now).isEmpty()) {
                step(grant, Status.ENDED, shut(grant, now), now);
            } else if (grant.status() == Status.APPROVED && !now.isBefore(grant.from())) {
                step(grant, Status.ACTIVE, "all providers have approved and its time has come", now);
            }
        }
    }

    /** Why what flows for an incident, or is to flow, is shut (art. 27); empty: it isn't. */
    private String shut(Grant grant, Instant now) {
        return GrantLife.flows(grant.status())
                        || grant.status() == Status.APPROVED
                        || grant.status() == Status.SUSPENDED
                ? String.join("; ", journal.notOpen(grant, now))
                : "";
    }

    private void step(Grant grant, Status to, String reason, Instant now) {
        Grant next = GrantLife.step(grant, to, ITSELF, reason, now);
        journal.write(next);
        changed(new GrantJournal.Change(next.id(), next));
    }

    /** Puts right what drifted from what plan and grants give: rights, rates, and topics that no grant has. */
    private void repair() {
        giveRights();
        Set<String> wanted = new TreeSet<>(work.cutting());
        flowing().forEach(grant -> wanted.add(grant.topic()));
        Collection<String> stale = topics.names().stream()
                .filter(Principals::released)
                .filter(topic -> !wanted.contains(topic))
                .toList();
        if (!stale.isEmpty()) {
            LOG.warn("released topics without a grant in force are deleted: {}", stale);
            topics.delete(stale);
        }
        nextRepair = clock.instant().plus(BETWEEN_REPAIRS);
    }

    /** Nobody may read before it is known how fast. */
    private void giveRights() {
        List<Grant> read = flowing().stream().filter(Grant::readFromTopic).toList();
        quotas.repair(rates(read));
        Map<String, List<Right>> wanted = new LinkedHashMap<>(stages.get());
        for (Grant grant : read) {
            wanted.computeIfAbsent(grant.principal(), p -> new ArrayList<>()).addAll(Principals.consumer(grant));
        }
        wanted.put(
                Principals.DELIVER,
                flowing().stream()
                        .flatMap(grant -> Principals.delivered(grant).stream())
                        .toList());
        rights.repair(wanted);
    }

    /** Principal → bytes a second: what the grants of a consumer give it together. */
    static Map<String, Long> rates(List<Grant> flowing) {
        Map<String, Long> rates = new TreeMap<>();
        flowing.forEach(grant -> rates.merge(grant.principal(), grant.terms().bytesPerSecond(), Long::sum));
        return rates;
    }

    /** Those with a topic: one that only verifies has none, and gives no right on the broker. */
    private List<Grant> flowing() {
        return inForce.values().stream()
                .filter(grant -> GrantLife.flows(grant.status()) && !grant.verifies())
                .toList();
    }
}
