package io.tongdao.runtime;

import io.tongdao.contract.serde.JsonFormat;

/**
 * A task has gone through all its subjects. The value of {@code ctl.stage} under {@code ack|<stage>|<part>}.
 *
 * @param part of the stage that has tasks of its own, and the partition
 */
public record RebuildAck(String stage, String part, int generation) {
    public static final JsonFormat<RebuildAck> FORMAT = new JsonFormat<>(RebuildAck.class);

    public static final String KEYS = "ack|";

    public String key() {
        return KEYS + stage + '|' + part;
    }
}
