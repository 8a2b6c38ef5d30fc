package io.tongdao.ops.provision;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * anywhere: the next start repairs from {@code ctl.grant} and {@code ctl.ack}. Drift is looked for every 5 s.
 *
 * <p>Grants expire by its clock, and become active by it when they are approved and their time has come.
 */
public final class Provisioner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);

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
                follow(journal);
            } catch (InterruptException e) {
                return;
            } catch (ProvisionFailed | KafkaException e) {
                LOG.warn("provisioning failed, tried again: {}", e.getMessage());
                pause();
            }
        }
    }

    private void follow(GrantJournal journal) {
        GrantWork work = new GrantWork(settings.plan(), topics, schemas, users, rights, journal, settings.clock());
        GrantsInForce grants = new GrantsInForce(settings.plan(), topics, rights, journal, work, settings.clock());
        grants.resume();
        settled.countDown();
        while (stopping.getCount() > 0) {
            grants.follow(WAIT);
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
