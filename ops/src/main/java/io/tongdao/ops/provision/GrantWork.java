package io.tongdao.ops.provision;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCommand;
import io.tongdao.contract.grant.GrantCommand.Verb;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an epoch of a grant flow, and cuts it. Every step may be repeated, in this process or in the next. A cut first takes the
 * reader's right and orders the tasks to stop, at once and side by side; when all have acknowledged, nothing can follow, and the topic goes: so a
 * fetch that is being held returns nothing.
 */
final class GrantWork {
    private static final Logger LOG = LoggerFactory.getLogger(GrantWork.class);
    /** How long tasks may take to stop before the topic is emptied under them. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration REMIND = Duration.ofSeconds(5);
    private final Plan plan;
    private final Topics topics;
    private final Schemas schemas;
    private final Users users;
    private final Rights rights;
    private final GrantJournal journal;
    private final TokenVersions tokens;
    private final InstantSource clock;
    private final Map<String, Cut> cuts = new LinkedHashMap<>();

    private record Cut(Grant grant, Instant since, Instant reminded) {}

    GrantWork(
            Plan plan,
            Topics topics,
            Schemas schemas,
            Users users,
            Rights rights,
            GrantJournal journal,
            TokenVersions tokens,
            InstantSource clock) {
        this.plan = plan;
        this.topics = topics;
        this.schemas = schemas;
        this.users = users;
        this.rights = rights;
        this.journal = journal;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Makes all that the epoch needs, nothing for one that only verifies, then orders the tasks to release it. The reader's rights are not given here. */
    void begin(Grant grant) {
        GrantPlan compiled = GrantPlan.compile(plan, grant);
        if (!grant.verifies()) {
            topics.ensure(List.of(compiled.topic()));
            schemas.register(List.of(compiled.topic(), compiled.rows()));
        }
        if (grant.readFromTopic()) {
            users.ensure(List.of(grant.principal()));
        }
        if (!said(grant, Ack.State.PROVISIONED)) {
            say(grant, Ack.State.PROVISIONED, tokens.now(grant));
        }
        if (!allTasks(grant, Set.of(Ack.State.STARTED, Ack.State.BACKFILLED, Ack.State.FAILED))) {
            GrantJournal.await(order(Verb.START, grant));
        }
    }

    /** Begins to cut an epoch; {@link #advance} finishes it. */
    void cut(Grant grant) {
        if (cuts.containsKey(grant.topic()) || !said(grant, Ack.State.PROVISIONED)) {
            return;
        }
        var withdrawn = rights.withdraw(grant.topic());
        List<Future<RecordMetadata>> ordered = order(Verb.STOP, grant);
        Cluster.done(withdrawn, "the right on " + grant.topic() + " could not be taken");
        GrantJournal.await(ordered);
        Instant now = clock.instant();
        cuts.put(grant.topic(), new Cut(grant, now, now));
    }

    /** Takes every begun cut as far as the tasks' acknowledgements let it go. */
    void advance() {
        for (Cut cut : List.copyOf(cuts.values())) {
            Grant grant = cut.grant();
            Instant now = clock.instant();
            if (allTasks(grant, Set.of(Ack.State.STOPPED, Ack.State.FAILED))) {
                topics.delete(List.of(grant.topic()));
                say(grant, Ack.State.CUT, version(grant));
                cuts.remove(grant.topic());
                LOG.info(
                        "grant {} epoch {} is cut, {} ms after the order",
                        grant.id(),
                        grant.epoch(),
                        Duration.between(cut.since(), now).toMillis());
            } else if (now.isAfter(cut.since().plus(PATIENCE))) {
                topics.purge(grant.topic());
                remind(cut, now);
            }
        }
    }

    /** The topics of epochs that are being cut. */
    Set<String> cutting() {
        return new TreeSet<>(cuts.keySet());
    }

    private void remind(Cut cut, Instant now) {
        if (now.isAfter(cut.reminded().plus(REMIND))) {
            LOG.warn(
                    "grant {} epoch {}: not all release tasks have acknowledged the stop; is the stage running?",
                    cut.grant().id(),
                    cut.grant().epoch());
            GrantJournal.await(order(Verb.STOP, cut.grant()));
            cuts.put(cut.grant().topic(), new Cut(cut.grant(), cut.since(), now));
        }
    }

    /** Whether an epoch has been let flow, or cut. */
    boolean said(Grant grant, Ack.State state) {
        Ack last = journal.ack(grant.id(), grant.epoch(), Ack.PROVISION, 0);
        return last != null && last.state() == state;
    }

    private void say(Grant grant, Ack.State state, int version) {
        String note = Ack.tokens(version);
        journal.write(new Ack(grant.id(), grant.epoch(), Ack.PROVISION, 0, state, 0, note, clock.instant()));
    }

    /** The version of tokens that was said when the epoch was provisioned: a plan is immutable within an epoch. */
    private int version(Grant grant) {
        Ack last = journal.ack(grant.id(), grant.epoch(), Ack.PROVISION, 0);
        return last == null ? 1 : last.tokens();
    }

    private boolean allTasks(Grant grant, Set<Ack.State> states) {
        SubjectKind kind = GrantPlan.compile(plan, grant).kind();
        for (int partition = 0; partition < partitions(kind); partition++) {
            Ack ack = journal.ack(grant.id(), grant.epoch(), kind.word(), partition);
            if (ack == null || !states.contains(ack.state())) {
                return false;
            }
        }
        return true;
    }

    private List<Future<RecordMetadata>> order(Verb verb, Grant grant) {
        SubjectKind kind = GrantPlan.compile(plan, grant).kind();
        return journal.order(Names.release(kind), partitions(kind), new GrantCommand(verb, grant, version(grant)));
    }

    private int partitions(SubjectKind kind) {
        return plan.partitions().getOrDefault(kind, 1);
    }
}
