package io.tongdao.ops.provision;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Topic;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes what the plan and the grants in force need on the broker, and acts on every change of a grant. It can be stopped
 * anywhere: the next start repairs from {@code ctl.grant} and {@code ctl.ack}. Drift is looked for every {@value #DRIFT_SECONDS} s.
 *
 * <p>Grants expire by its clock, and become active by it when they are approved and their time has come. A change that the life of a
 * grant or the catalogue doesn't allow is refused: the version in force is written back, and the log says why.
 */
public final class Provisioner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);
    private static final long DRIFT_SECONDS = 5;
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String ITSELF = "provisioner";

    private final Settings settings;
    private final Admin admin;
    private final Topics topics;
    private final Schemas schemas;
    private final Users users;
    private final Rights rights;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private @Nullable Thread thread;

    /**
     * @param client how to reach the cluster as one who may alter it
     * @param extra topics that the plan doesn't name: the connectors' and others'
     * @param replication of every topic
     */
    public record Settings(
            Map<String, Object> client,
            Plan plan,
            List<Topic> extra,
            SchemaRegistryClient registry,
            Passwords passwords,
            short replication,
            InstantSource clock) {
        @Override
        public String toString() {
            return "Settings[***]";
        }
    }

    public Provisioner(Settings settings) {
        this.settings = settings;
        this.admin = Admin.create(settings.client());
        this.topics = new Topics(admin, settings.replication());
        this.schemas = new Schemas(settings.registry());
        this.users = new Users(admin, settings.passwords());
        this.rights = new Rights(admin);
    }

    /** Makes topics, schemas, users and rights of the plan; returns when they can be used. To be called before any stage starts. */
    public void provisionPlan() {
        List<Topic> all = new ArrayList<>(settings.plan().topics());
        all.addAll(settings.extra());
        Map<String, List<Right>> stages = Principals.of(settings.plan());
        topics.ensure(all);
        schemas.register(all);
        users.ensure(stages.keySet());
        rights.give(stages);
    }

    /** Follows the grants on a thread of its own; returns when what they say at this moment has been done or is on its way. */
    public void start() {
        Thread following = new Thread(this::follow, "provisioner");
        following.setDaemon(true);
        thread = following;
        following.start();
        try {
            if (!settled.await(60, TimeUnit.SECONDS)) {
                throw new ProvisionFailed(
                        "the grants in force could not be provisioned within 60 s", new IllegalStateException());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void follow() {
        while (stopping.getCount() > 0) {
            try (GrantJournal journal = new GrantJournal(settings.client())) {
                new Following(journal).run();
            } catch (InterruptException e) {
                return;
            } catch (ProvisionFailed | KafkaException e) {
                LOG.warn("provisioning failed, tried again: {}", e.getMessage());
                pause();
            }
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

    /** One run from the beginning of the journal. */
    private final class Following {
        private final GrantJournal journal;
        private final GrantWork work;
        private final TreeMap<String, Grant> inForce = new TreeMap<>();
        private Instant drift = Instant.MIN;

        Following(GrantJournal journal) {
            this.journal = journal;
            this.work = new GrantWork(settings.plan(), topics, schemas, users, rights, journal, settings.clock());
        }

        void run() {
            journal.toEnd().values().forEach(this::resume);
            repair();
            settled.countDown();
            while (stopping.getCount() > 0) {
                journal.poll(WAIT).forEach(this::changed);
                work.advance();
                byTheClock();
                if (settings.clock().instant().isAfter(drift)) {
                    repair();
                }
            }
        }

        /** A grant as an earlier run left it, whatever happened since. */
        private void resume(Grant grant) {
            List<String> problems = GrantLife.flows(grant.status()) ? unchecked(grant) : List.of();
            Grant now = grant;
            if (!problems.isEmpty()) {
                LOG.warn("grant {} is suspended: {}", grant.id(), problems);
                now = GrantLife.step(
                        grant,
                        Status.SUSPENDED,
                        ITSELF,
                        String.join("; ", problems),
                        settings.clock().instant());
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
            } else if (after.status() != Status.FILED) {
                problems.add("it was never filed");
            }
            if (after.status() == Status.APPROVED || after.status() == Status.ACTIVE) {
                problems.addAll(unchecked(after));
            }
            return problems;
        }

        private List<String> unchecked(Grant grant) {
            List<String> problems = new ArrayList<>(ReleaseCheck.check(settings.plan(), grant));
            if (problems.isEmpty()) {
                Set<String> missing = ReleaseCheck.missingApprovals(settings.plan(), grant);
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
            Instant now = settings.clock().instant();
            for (Grant grant : List.copyOf(inForce.values())) {
                boolean over = grant.status() == Status.ENDED || grant.status() == Status.EXPIRED;
                if (!over && !now.isBefore(grant.until())) {
                    step(grant, Status.EXPIRED, "its time is over", now);
                } else if (grant.status() == Status.APPROVED && !now.isBefore(grant.from())) {
                    step(grant, Status.ACTIVE, "all providers have approved and its time has come", now);
                }
            }
        }

        private void step(Grant grant, Status to, String reason, Instant now) {
            Grant next = GrantLife.step(grant, to, ITSELF, reason, now);
            journal.write(next);
            changed(new GrantJournal.Change(next.id(), next));
        }

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
            drift = settings.clock().instant().plusSeconds(DRIFT_SECONDS);
        }

        private void giveRights() {
            Map<String, List<Right>> wanted = new LinkedHashMap<>(Principals.of(settings.plan()));
            for (Grant grant : flowing()) {
                wanted.computeIfAbsent(grant.principal(), p -> new ArrayList<>())
                        .addAll(Principals.consumer(grant));
            }
            rights.repair(wanted);
        }

        private List<Grant> flowing() {
            return inForce.values().stream()
                    .filter(grant -> GrantLife.flows(grant.status()))
                    .toList();
        }
    }
}
