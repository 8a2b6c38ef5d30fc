package io.tongdao.release;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.seal.SealKeys;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.StageApp;

/** The release stage as the runtime runs it: {@code Stage.start(ReleaseStage.of(…), settings, onFailure)}. */
public final class ReleaseStage {
    public static final String NAME = "release";

    private ReleaseStage() {}

    /** Where there are no incidents: an emergency's grant fails. */
    public static StageApp of(Plan plan, WireFormat format, TokenKeys keys) {
        return of(plan, format, new ReleaseKeys(keys, SealKeys.NONE));
    }

    public static StageApp of(Plan plan, WireFormat format, ReleaseKeys keys) {
        return new StageApp(NAME, config -> new ReleaseTopology(plan, format, keys).build(config));
    }
}
