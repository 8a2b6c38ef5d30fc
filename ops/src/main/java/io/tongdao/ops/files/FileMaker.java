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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    private final Settings settings;
    private final FileShelf shelf;
    private final FileOrders orders;
    private final Map<String, FilesMade> status = new ConcurrentHashMap<>();
    private final FileTrials trials = new FileTrials();
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
     * @param failed told in one line, if a defect ends it
     */
    public record Settings(
            Map<String, Object> client,
            WireFormat wire,
            FileShelf shelf,
            Supplier<FileKeyStore> keys,
            Supplier<Map<String, Ack>> acks,
            Consumer<String> failed,
            InstantSource clock) {}

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
        } catch (RuntimeException e) {
            LOG.error("files are made no longer", e);
            settings.failed()
                    .accept("files of grants are made no longer: "
                            + e.getClass().getSimpleName());
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
        if (schedule.due(made, orders.of(grant), now) && trials.timeFor(grant.topic(), now)) {
            String before = trials.why(grant.topic());
            show(grant, versions, schedule, now, before.isEmpty() ? "it is being made" : before);
            attempt(plan, now);
            versions = shelf.versions(grant);
        }
        show(grant, versions, schedule, now, trials.why(grant.topic()));
    }

    private void attempt(GrantPlan plan, Instant now) {
        Grant grant = plan.grant();
        try {
            FileMaking.Wanted wanted = () -> still(grant);
            EpochTopic topic = new EpochTopic(settings.client(), plan);
            FileVersion version = new FileMaking(shelf, settings.keys(), plan)
                    .make(FileMaking.of(topic, settings, now, wanted), now, wanted);
            trials.succeeded(grant.topic());
            LOG.info(
                    "files of grant {} epoch {}: version {} with {} rows",
                    grant.id(),
                    grant.epoch(),
                    version.manifest().version(),
                    version.manifest().rows());
        } catch (EpochTopic.NotYet e) {
            trials.failed(grant.topic(), now, String.valueOf(e.getMessage()));
        } catch (KeyRefused | StartFailedException e) {
            failed(grant, now, "the key can't be had: " + e.getMessage());
        } catch (IOException e) {
            failed(
                    grant,
                    now,
                    "the files can't be written (" + e.getClass().getSimpleName() + "): is there room in "
                            + "the data directory?");
        } catch (KafkaException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            failed(grant, now, "the topic can't be read: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void failed(Grant grant, Instant now, String why) {
        LOG.warn("files of grant {} epoch {} are not made this time: {}", grant.id(), grant.epoch(), why);
        trials.failed(grant.topic(), now, why);
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
