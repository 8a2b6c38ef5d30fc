package io.tongdao.ops.files;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.FileTerms;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.keys.FileKeyStore;
import io.tongdao.ops.keys.KeyRefused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files of the grants that flow, one after another on a thread of its own: daily by itself, and as ordered. A version that can't be made is
 * tried again, and why is shown; nothing else stops for it. Versions whose time is over are removed.
 */
public final class FileMaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileMaker.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /** So soon a version is tried again that is due and could not be made: longer and longer. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Duration AGAIN_AT_MOST = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    private final Settings settings;
    private final FileShelf shelf;
    private final FileOrders orders;
    private final Map<String, FilesMade> status = new ConcurrentHashMap<>();
    private final Map<String, Trial> trials = new HashMap<>();
    private final Thread thread;
    private volatile Map<String, GrantPlan> wanted = Map.of();
    private volatile FilePlan terms = FilePlan.DEFAULT;
    private volatile boolean running = true;
    private Instant nextSweep = Instant.MIN;

    /**
     * What files are made with.
     *
     * @param client how to reach the cluster as {@link io.tongdao.ops.provision.Principals#FILES}
     * @param acks what tasks have acknowledged, by key
     * @param keys opened when a file is sealed
     */
    public record Settings(
            Map<String, Object> client,
            WireFormat wire,
            FileShelf shelf,
            Supplier<FileKeyStore> keys,
            Supplier<Map<String, Ack>> acks,
            InstantSource clock) {}

    private record Trial(int times, Instant next, String why) {}

    public FileMaker(Settings settings) {
        this.settings = settings;
        this.shelf = settings.shelf();
        this.orders = new FileOrders(settings.client());
        this.thread = Thread.ofPlatform().name("files").unstarted(this::run);
    }

    /** Cleans up after the last run, then makes what is due. */
    public FileMaker start() {
        thread.start();
        return this;
    }

    /** The grants that flow and deliver files, compiled: the others' files are made no longer, and one that is being made is given up. */
    public void follow(List<GrantPlan> grants, FilePlan files) {
        Map<String, GrantPlan> next = new TreeMap<>();
        grants.forEach(plan -> next.put(plan.grant().id(), plan));
        terms = files;
        wanted = next;
    }

    /** Of each grant that flows and delivers files. */
    public Map<String, FilesMade> status() {
        return new TreeMap<>(status);
    }

    private void run() {
        try (orders) {
            boolean clean = false;
            while (running) {
                clean = turn(clean);
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("no more files are made");
        }
    }

    /** @return whether what an earlier run left is gone */
    private boolean turn(boolean clean) {
        try {
            if (!clean) {
                shelf.clean();
            }
            orders.follow(TICK);
            Map<String, GrantPlan> now = wanted;
            status.keySet().retainAll(now.keySet());
            for (GrantPlan plan : now.values()) {
                attend(plan);
            }
            sweep();
            return true;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (IOException | FilesRefused | KafkaException | IllegalArgumentException e) {
            LOG.warn("no files are made for now: {}", e.getClass().getSimpleName());
            pause();
            return clean;
        }
    }

    private void pause() {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void attend(GrantPlan plan) throws IOException {
        Grant grant = plan.grant();
        FileTerms files = grant.terms().files();
        if (files == null || !still(grant)) {
            return;
        }
        FileSchedule schedule = FileSchedule.of(files, terms);
        List<FileVersion> versions = shelf.versions(grant);
        Instant made = versions.isEmpty() ? null : versions.getLast().manifest().madeAt();
        Instant now = settings.clock().instant();
        Trial trial = trials.get(grant.topic());
        boolean due = schedule.due(made, orders.of(grant), now);
        if (due && (trial == null || !now.isBefore(trial.next()))) {
            trials.put(grant.topic(), new Trial(trial == null ? 1 : trial.times() + 1, now, "it is being made"));
            show(grant, versions, schedule, now, trial == null ? "it is being made" : trial.why());
            attempt(plan, now);
            versions = shelf.versions(grant);
        }
        Trial after = trials.get(grant.topic());
        show(grant, versions, schedule, now, after == null ? "" : after.why());
    }

    private void attempt(GrantPlan plan, Instant now) {
        Grant grant = plan.grant();
        try {
            FileMaking.Wanted wanted = () -> still(grant);
            EpochTopic topic = new EpochTopic(settings.client(), plan);
            FileVersion version = new FileMaking(shelf, settings.keys(), plan)
                    .make(FileMaking.of(topic, settings, now, wanted), now, wanted);
            trials.remove(grant.topic());
            LOG.info(
                    "files of grant {} epoch {}: version {} with {} rows",
                    grant.id(),
                    grant.epoch(),
                    version.manifest().version(),
                    version.manifest().rows());
        } catch (EpochTopic.NotYet e) {
            again(grant, now, String.valueOf(e.getMessage()));
        } catch (KeyRefused | StartFailedException e) {
            failed(grant, now, "the key can't be had: " + e.getMessage());
        } catch (IOException e) {
            failed(
                    grant,
                    now,
                    "the files can't be written (" + e.getClass().getSimpleName() + "): is there room in "
                            + "the data directory?");
        } catch (KafkaException | IllegalStateException | IllegalArgumentException e) {
            failed(grant, now, "the topic can't be read: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void failed(Grant grant, Instant now, String why) {
        LOG.warn("files of grant {} epoch {} are not made this time: {}", grant.id(), grant.epoch(), why);
        again(grant, now, why);
    }

    private void again(Grant grant, Instant now, String why) {
        Trial trial = trials.getOrDefault(grant.topic(), new Trial(1, now, why));
        Duration wait = AGAIN.multipliedBy(1L << Math.min(trial.times() - 1, 10));
        Duration at = wait.compareTo(AGAIN_AT_MOST) > 0 ? AGAIN_AT_MOST : wait;
        trials.put(grant.topic(), new Trial(trial.times(), now.plus(at), why));
    }

    /** Whether the grant is as it was: any decision about it ends what is being made. */
    private boolean still(Grant grant) {
        GrantPlan now = wanted.get(grant.id());
        return running && now != null && now.grant().epoch() == grant.epoch();
    }

    private void show(Grant grant, List<FileVersion> versions, FileSchedule schedule, Instant now, String waits) {
        FileManifest last = versions.isEmpty() ? null : versions.getLast().manifest();
        @Nullable Instant made = last == null ? null : last.madeAt();
        status.put(
                grant.id(),
                new FilesMade(
                        grant.id(),
                        grant.epoch(),
                        versions.size(),
                        last == null ? "" : last.version(),
                        made,
                        last == null ? 0 : last.rows(),
                        schedule.next(now),
                        waits));
    }

    private void sweep() throws IOException {
        Instant now = settings.clock().instant();
        if (now.isBefore(nextSweep)) {
            return;
        }
        for (FileVersion version : shelf.all()) {
            if (version.manifest().over(now)) {
                shelf.remove(version);
                LOG.info(
                        "files of grant {} epoch {}: version {} is removed, it was kept for {} days",
                        version.manifest().grant(),
                        version.manifest().epoch(),
                        version.manifest().version(),
                        version.manifest().keep());
            }
        }
        nextSweep = now.plus(BETWEEN_SWEEPS);
    }

    @Override
    public void close() {
        running = false;
        orders.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
