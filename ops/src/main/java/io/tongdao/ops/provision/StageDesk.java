package io.tongdao.ops.provision;

import io.tongdao.runtime.RebuildOrder;
import io.tongdao.runtime.StageRebuild;
import io.tongdao.runtime.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Where it is ordered that a stage finds its state anew from its sources. The exchange obeys it once, now or when it next starts. */
public final class StageDesk {
    private static final Duration STEP = Duration.ofMillis(500);
    private final Map<String, Object> client;
    private final InstantSource clock;

    /** @param client how to reach the cluster as {@link Principals#DECIDE} */
    public StageDesk(Map<String, Object> client, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.clock = clock;
    }

    /** What a stage has on the cluster that a rebuild takes away. */
    public static List<String> internal(Map<String, Object> admin, String stage) {
        try (Admin asking = Admin.create(admin)) {
            return new Topics(asking, (short) 1).internal(StreamsSettings.applicationId(stage));
        }
    }

    /** @return the order's offset: it is obeyed once the stage's {@link StageRebuild#order} is that */
    public long rebuild(String stage, String by, String reason) {
        try (StageJournal journal = new StageJournal(client)) {
            return journal.write(new RebuildOrder(stage, by, reason, clock.instant()));
        }
    }

    /** How far a stage's last rebuild is; null: it never was, or an order is not begun yet. */
    public @Nullable StageRebuild rebuild(String stage) {
        try (StageJournal journal = new StageJournal(client)) {
            return journal.rebuild(stage);
        }
    }

    /** Waits until an order is carried out; false if that takes longer. */
    public boolean awaitDone(String stage, long order, Duration timeout) {
        Instant limit = Instant.now().plus(timeout);
        try (StageJournal journal = new StageJournal(client)) {
            while (!done(journal.rebuild(stage), order)) {
                if (Instant.now().isAfter(limit)) {
                    return false;
                }
                journal.poll(STEP);
            }
        }
        return true;
    }

    private static boolean done(@Nullable StageRebuild last, long order) {
        return last != null && last.order() >= order && last.phase() == StageRebuild.Phase.DONE;
    }
}
