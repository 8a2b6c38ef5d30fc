package io.tongdao.runtime;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a stage's last rebuild is. The value of {@code ctl.stage} under {@code state|<stage>}.
 *
 * @param order the offset of the order that it obeys
 * @param parts the tasks that are to acknowledge: those that were released
 * @param since when it began
 * @param changed when it came to this phase
 */
public record StageRebuild(
        String stage,
        int generation,
        Phase phase,
        long order,
        String by,
        String reason,
        List<String> parts,
        Instant since,
        Instant changed) {
    public static final JsonFormat<StageRebuild> FORMAT = new JsonFormat<>(StageRebuild.class);

    public static final String KEYS = "state|";

    public StageRebuild {
        parts = List.copyOf(parts);
    }

    /** In this order. */
    public enum Phase {
        /** The stage is stopped; its state, its internal topics and its offsets are taken away, and what its topics hold is sown. */
        CLEARING,
        /** It reads its sources from their beginning and writes nothing. */
        READING,
        /** It goes through all its subjects and writes what is not as it was. */
        WALKING,
        DONE
    }

    public String key() {
        return KEYS + stage;
    }

    /** With which the stage is to be started. */
    public Generation started() {
        return new Generation(
                generation,
                switch (phase) {
                    case CLEARING, READING -> Generation.State.READING;
                    case WALKING -> Generation.State.WALKING;
                    case DONE -> Generation.State.SETTLED;
                });
    }

    /** Its tasks are released. */
    public StageRebuild walking(Set<String> released, Instant now) {
        return new StageRebuild(
                stage, generation, Phase.WALKING, order, by, reason, List.copyOf(new TreeSet<>(released)), since, now);
    }

    public StageRebuild at(Phase next, Instant now) {
        return new StageRebuild(stage, generation, next, order, by, reason, parts, since, now);
    }
}
