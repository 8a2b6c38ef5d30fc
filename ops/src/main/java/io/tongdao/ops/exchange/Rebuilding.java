package io.tongdao.ops.exchange;

import io.tongdao.compose.ComposeStage;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.provision.ProvisionFailed;
import io.tongdao.ops.provision.Provisioner;
import io.tongdao.ops.provision.Sower;
import io.tongdao.ops.provision.StageJournal;
import io.tongdao.reconcile.ReconcileStage;
import io.tongdao.runtime.Inputs;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Seeding;
import io.tongdao.runtime.StageRebuild;
import io.tongdao.runtime.StageRebuild.Phase;
import io.tongdao.runtime.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has stages find their state anew from their sources, as {@code ctl.stage} orders it, one after another. Every step may be repeated:
 * after a kill or a fault the next start goes on to the same end. A stage that is being cleared is not started before that is done.
 */
public final class Rebuilding implements AutoCloseable {
    /** Those that follow from their sources alone. */
    public static final List<String> STAGES = List.of(ReconcileStage.NAME, ComposeStage.NAME);

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilding.class);
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Map<String, Object> client;
    private final Room room;
    private final StageJournal journal;
    private final Consumer<String> failed;
    private volatile SortedMap<String, StageRebuild> seen = new TreeMap<>();
    private volatile boolean closing;
    private @Nullable Thread thread;
    private @Nullable Inputs inputs;
    private Instant next = Instant.MIN;

    /**
     * What is rebuilt.
     *
     * @param plan that the stages run on
     * @param data has the stages' state
     */
    record Room(
            Supplier<Plan> plan,
            WireFormat wire,
            Provisioner provisioner,
            Generations generations,
            DataDirectory data) {}

    /**
     * Reads how far stages are, and brings those to an end that were being cleared: no stage may run yet.
     *
     * @param client how to reach the cluster as {@code rebuild}
     * @param failed told why it ended, if by itself
     */
    Rebuilding(Map<String, Object> client, Room room, Consumer<String> failed) {
        this.client = Map.copyOf(client);
        this.room = room;
        this.failed = failed;
        this.journal = new StageJournal(client);
        for (StageRebuild rebuild : journal.rebuilds().values()) {
            room.generations.take(rebuild);
            if (rebuild.phase() == Phase.CLEARING && needed(rebuild.stage(), room.plan.get())) {
                clear(rebuild);
            }
        }
        seen = journal.rebuilds();
    }

    /** Follows orders from now on. */
    void start(Stages stages) {
        Thread following = Thread.ofPlatform().name("rebuild").unstarted(() -> follow(stages));
        thread = following;
        following.start();
    }

    /** Whether a plan has anything for a stage to do. */
    public static boolean needed(String stage, Plan plan) {
        return stage.equals(ComposeStage.NAME)
                ? ComposeStage.needed(plan)
                : !plan.bases().isEmpty();
    }

    /** How far the last rebuild of each stage is that ever had one. */
    public SortedMap<String, StageRebuild> all() {
        return seen;
    }

    private void follow(Stages stages) {
        try (journal) {
            while (!closing) {
                journal.poll(WAIT);
                if (Instant.now().isAfter(next)) {
                    step(stages);
                }
                seen = journal.rebuilds();
            }
        } catch (InterruptException e) {
            LOG.debug("closing");
        } catch (RuntimeException e) {
            LOG.error("stages are not rebuilt any more", e);
            failed.accept("stages are not rebuilt any more: " + e.getClass().getSimpleName());
        }
    }

    private void step(Stages stages) {
        try {
            StageRebuild begun = begun();
            if (begun != null) {
                goOn(begun, stages);
            }
        } catch (ProvisionFailed | UncheckedIOException e) {
            again(String.valueOf(e.getMessage()));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            again("the cluster does not answer: " + why.getClass().getSimpleName());
        }
    }

    private void again(String why) {
        next = Instant.now().plus(AGAIN);
        LOG.warn("a stage can't be rebuilt at the moment, tried again: {}", why);
    }

    /** The one that is under way, or else begins; null: none. */
    private @Nullable StageRebuild begun() {
        for (StageRebuild rebuild : journal.rebuilds().values()) {
            if (rebuild.phase() != Phase.DONE) {
                return rebuild;
            }
        }
        for (String stage : STAGES) {
            StageJournal.Ordered ordered = journal.order(stage);
            StageRebuild last = journal.rebuild(stage);
            if (ordered != null && (last == null || last.order() < ordered.offset())) {
                Instant now = Instant.now();
                int generation = room.generations.of(stage).number() + 1;
                StageRebuild begins = new StageRebuild(
                        stage,
                        generation,
                        needed(stage, room.plan.get()) ? Phase.CLEARING : Phase.DONE,
                        ordered.offset(),
                        ordered.order().by(),
                        ordered.order().reason(),
                        List.of(),
                        now,
                        now);
                journal.write(begins);
                seen = journal.rebuilds();
                return begins;
            }
        }
        return null;
    }

    private void goOn(StageRebuild rebuild, Stages stages) {
        String stage = rebuild.stage();
        if (!needed(stage, room.plan.get())) {
            // no stage is kept from starting should a later plan need it
            stages.begin(stage);
            finish(rebuild);
            return;
        }
        switch (rebuild.phase()) {
            case CLEARING -> {
                stages.end(stage);
                clear(rebuild);
                stages.begin(stage);
            }
            case READING -> {
                stages.begin(stage);
                if (read(stage)) {
                    stages.standing(plan -> release(rebuild, plan));
                }
            }
            case WALKING -> {
                Set<String> parts = new TreeSet<>(rebuild.parts());
                parts.retainAll(seeding(rebuild, room.plan.get()).parts());
                // what tasks asked each other last is answered too
                if (journal.acknowledged(stage, parts, rebuild.generation()) && read(stage)) {
                    finish(rebuild);
                }
            }
            case DONE -> LOG.debug("nothing to do");
        }
    }

    /** Whether the stage has read what there was when this was first asked in its phase. */
    private boolean read(String stage) {
        Inputs known = inputs;
        if (known == null) {
            known = room.provisioner.inputs(stage);
            inputs = known;
        }
        return known.read();
    }

    /** Has tasks write. No kind of subject comes in or goes meanwhile: who comes later is never held. */
    private void release(StageRebuild rebuild, Plan plan) {
        Seeding seeding = seeding(rebuild, plan);
        new Sower(client, plan).go(seeding, new Seed.Go(rebuild.generation(), rebuild.stage()));
        reach(rebuild.walking(seeding.parts(), Instant.now()));
    }

    private void finish(StageRebuild rebuild) {
        room.provisioner.emptySeeds(room.plan.get().partitions().keySet());
        reach(rebuild.at(Phase.DONE, Instant.now()));
    }

    /** Takes away what the stage has, and sows what it has to remember. It does not run. */
    private void clear(StageRebuild rebuild) {
        String application = StreamsSettings.applicationId(rebuild.stage());
        LOG.info("stage {} is rebuilt, generation {}", rebuild.stage(), rebuild.generation());
        room.provisioner.clear(application);
        try {
            room.data.dropState(application);
        } catch (IOException e) {
            throw new UncheckedIOException("the state of " + rebuild.stage() + " could not be deleted", e);
        }
        Plan plan = room.plan.get();
        Seeding seeding = seeding(rebuild, plan);
        room.provisioner.emptySeeds(seeding.kinds());
        new Sower(client, plan).sow(seeding);
        reach(rebuild.at(Phase.READING, Instant.now()));
    }

    private void reach(StageRebuild now) {
        inputs = null;
        room.generations.take(now);
        journal.write(now);
        seen = journal.rebuilds();
        LOG.info("stage {}: {}", now.stage(), now.phase());
    }

    private Seeding seeding(StageRebuild rebuild, Plan plan) {
        return rebuild.stage().equals(ReconcileStage.NAME)
                ? ReconcileStage.seeding(plan, room.wire, rebuild.generation())
                : ComposeStage.seeding(plan, room.wire, rebuild.generation());
    }

    @Override
    public void close() {
        closing = true;
        if (thread == null) {
            journal.close();
            return;
        }
        try {
            if (!thread.join(Duration.ofSeconds(30))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
