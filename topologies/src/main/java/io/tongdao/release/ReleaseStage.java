package io.tongdao.release;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.StageApp;

/** The release stage as the runtime runs it: {@code Stage.start(ReleaseStage.of(…), settings, onFailure)}. */
public final class ReleaseStage {
    public static final String NAME = "release";

    private ReleaseStage() {}

    public static StageApp of(Plan plan, WireFormat format, TokenKeys keys) {
        return new StageApp(NAME, config -> new ReleaseTopology(plan, format, keys).build(config));
    }
}
