package io.tongdao.ops.provision;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Topic;
import io.tongdao.release.ReleaseCheck;
import io.tongdao.runtime.Inputs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes what the plan and the grants in force need on the broker, and acts on every change of a grant. It can be stopped
 * anywhere: the next start repairs from {@code ctl.grant} and {@code ctl.ack}. Drift is looked for every 5 s.
 *
 * <p>Grants expire by its clock, and become active by it when they are approved and their time has come.
 */
public final class Provisioner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TAKE_OVER = Duration.ofSeconds(60);

    private final Settings settings;
    private final Admin admin;
    private final Topics topics;
    private final Schemas schemas;
    private final Users users;
    private final Rights rights;
    private final Quotas quotas;
    private final CountDownLatch stopping = new CountDownLatch(1);
    /** Rights and grants are worked on by one thread at a time: the follower's, or the one that changes the plan. */
    private final ReentrantLock working = new ReentrantLock(true);

    private volatile Plan plan;
    private volatile List<Plan> inUse;
    private volatile @Nullable Plan followed;
    private @Nullable Thread thread;

    /**
     * @param client how to reach the cluster as one who may alter it
     * @param extra topics that the plan doesn't name: the connectors' and others'
     * @param tokens which key's tokens an epoch gets
     * @param replication of every topic
     */
    public record Settings(
            Map<String, Object> client,
            Plan plan,
            List<Topic> extra,
            SchemaRegistryClient registry,
            Passwords passwords,
            TokenVersions tokens,
            short replication,
            InstantSource clock) {
        @Override
        public String toString() {
            return "Settings[***]";
        }
    }

    public Provisioner(Settings settings) {
        this.settings = settings;
        this.plan = settings.plan();
        this.inUse = List.of(plan);
        this.admin = Admin.create(settings.client());
        this.topics = new Topics(admin, settings.replication());
        this.schemas = new Schemas(settings.registry());
        this.users = new Users(admin, settings.passwords());
        this.rights = new Rights(admin);
        this.quotas = new Quotas(admin);
    }

    /** Makes the topic of catalogues and the desk that publishes them: what is needed before there is a plan. */
    public static void provisionCatalogue(Map<String, Object> client, Passwords passwords, short replication) {
        try (Admin admin = Admin.create(client)) {
            new Topics(admin, replication).ensure(List.of(Plan.CATALOGUE));
            new Users(admin, passwords).ensure(List.of(Principals.DECIDE));
            new Rights(admin).give(Map.of(Principals.DECIDE, Principals.decide()));
        }
    }

    /** Makes topics, schemas, users and rights of the plan; returns when they can be used. To be called before any stage starts. */
    public void provisionPlan() {
        provision(plan, settings.extra());
    }

    /**
     * Registers what the grants are released by, before a stage that writes it starts: this Tongdao may label it otherwise than the one that
     * provisioned them.
     */
    public void describe(Collection<Grant> grants) {
        schemas.register(grants.stream()
                .filter(grant -> GrantLife.flows(grant.status()))
                .filter(grant -> ReleaseCheck.check(plan, grant).isEmpty())
                .map(grant -> GrantPlan.compile(plan, grant))
                .flatMap(grant -> Stream.of(grant.topic(), grant.rows()))
                .toList());
    }

    /**
     * Makes what another plan needs beside the present one, which goes on: nothing is taken away, and rights are those of both.
     *
     * @param extra topics that it doesn't name
     */
    public void prepare(Plan next, List<Topic> extra) {
        working.lock();
        try {
            inUse = List.of(plan, next);
            provision(next, extra);
        } finally {
            working.unlock();
        }
    }

    /** From now on grants are checked and compiled against another plan; returns when those in force have been. */
    public void follow(Plan next) {
        plan = next;
        if (thread != null) {
            Cluster.until(
                    () -> next.equals(followed), "the grants could not be taken over by the new catalogue", TAKE_OVER);
        }
    }

    /** Takes away what only an earlier plan needed. */
    public void settle() {
        inUse = List.of(plan);
    }

    /** Lets a stage that no longer reads some topics begin anew should it ever read them again. It must not run meanwhile. */
    public void forget(String applicationId, Set<String> dropped) {
        topics.forget(applicationId, dropped);
    }

    /** Takes away what a stage has on the cluster: its offsets, its changelogs and repartitions. None of its instances may run. */
    public void clear(String applicationId) {
        topics.clear(applicationId);
    }

    /** Takes away what the seeds' topics of some kinds hold. */
    public void emptySeeds(Collection<SubjectKind> kinds) {
        kinds.forEach(kind -> topics.empty(Names.seeds(kind)));
    }

    /** Whether a stage has read, on all its instances, what there was when this was asked for the first time, and what came of it. */
    public Inputs inputs(String stage) {
        return new Inputs(admin, stage);
    }

    private void provision(Plan wanted, List<Topic> extra) {
        List<Topic> all = new ArrayList<>(wanted.topics());
        all.addAll(extra);
        topics.ensure(all);
        schemas.register(all);
        schemas.register(
                wanted.datasets().values().stream().map(DatasetPlan::rows).toList());
        users.ensure(stages().keySet());
        rights.give(stages());
    }

    private Map<String, List<Right>> stages() {
        Map<String, List<Right>> all = new LinkedHashMap<>();
        for (Plan each : inUse) {
            Principals.of(each).forEach((principal, rights) -> all.merge(principal, rights, Provisioner::both));
        }
        return all;
    }

    private static List<Right> both(List<Right> some, List<Right> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** Follows the grants on a thread of its own; returns when what they say at this moment has been done or is on its way. */
    public void start() {
        Thread following = new Thread(this::follow, "provisioner");
        following.setDaemon(true);
        thread = following;
        following.start();
        Cluster.until(() -> plan.equals(followed), "the grants in force could not be provisioned", TAKE_OVER);
    }

    private void follow() {
        while (stopping.getCount() > 0) {
            try (GrantJournal journal = new GrantJournal(settings.client())) {
                follow(journal);
            } catch (InterruptException e) {
                return;
            } catch (ProvisionFailed | KafkaException e) {
                LOG.warn("provisioning failed, tried again: {}", e.getMessage());
                pause();
            }
        }
    }

    /** Until it is stopped, or another plan is to be followed. */
    private void follow(GrantJournal journal) {
        Plan now = plan;
        GrantWork work =
                new GrantWork(now, topics, schemas, users, rights, journal, settings.tokens(), settings.clock());
        GrantsInForce grants =
                new GrantsInForce(now, this::stages, topics, rights, quotas, journal, work, settings.clock());
        working(grants::resume);
        followed = now;
        while (stopping.getCount() > 0 && now.equals(plan)) {
            working(() -> grants.follow(WAIT));
        }
    }

    private void working(Runnable step) {
        working.lock();
        try {
            step.run();
        } finally {
            working.unlock();
        }
    }

    private void pause() {
        try {
            if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        if (thread != null) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        admin.close(Duration.ofSeconds(5));
    }
}
