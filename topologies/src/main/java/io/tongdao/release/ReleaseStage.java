package io.tongdao.release;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.StageApp;

/** The release stage as the runtime runs it: {@code Stage.start(ReleaseStage.of(…), settings, onFailure)}. */
public final class ReleaseStage {
    public static final String NAME = "release";

    private ReleaseStage() {}

    /** @param master the secret that consumers' token keys are derived from, at least 16 bytes; see {@link MasterSecret} */
    public static StageApp of(Plan plan, WireFormat format, byte[] master) {
        return new StageApp(NAME, config -> new ReleaseTopology(plan, format, master).build(config));
    }
}
