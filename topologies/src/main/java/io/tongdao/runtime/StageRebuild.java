package io.tongdao.runtime;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * How far a stage's last rebuild is. The value of {@code ctl.stage} under {@code state|<stage>}.
 *
 * @param order the offset of the order that it obeys
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
        Instant since,
        Instant changed) {
    public static final JsonFormat<StageRebuild> FORMAT = new JsonFormat<>(StageRebuild.class);

    public static final String KEYS = "state|";

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
        return new Generation(generation, phase == Phase.READING);
    }

    public StageRebuild at(Phase next, Instant now) {
        return new StageRebuild(stage, generation, next, order, by, reason, since, now);
    }
}
