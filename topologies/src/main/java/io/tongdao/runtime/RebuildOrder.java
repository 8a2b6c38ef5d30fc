package io.tongdao.runtime;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/** A stage is to be rebuilt from its sources. The value of {@code ctl.stage} under {@code order|<stage>}; obeyed once. */
public record RebuildOrder(String stage, String by, String reason, Instant at) {
    public static final JsonFormat<RebuildOrder> FORMAT = new JsonFormat<>(RebuildOrder.class);

    public static final String KEYS = "order|";

    public String key() {
        return KEYS + stage;
    }
}
