package io.tongdao.compose;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Seeding;
import io.tongdao.runtime.StageApp;

/** Composition as a stage that {@code runtime} can run. A plan without thematic tables has nothing for it to do: see {@link #needed}. */
public final class ComposeStage {
    public static final String NAME = "compose";

    private ComposeStage() {}

    /** @param backlog hears how many subjects wait, and knows which stage is before */
    public static StageApp app(Plan plan, WireFormat wire, ComposeSettings settings, Backlog backlog) {
        return new StageApp(NAME, backlog, config -> new ComposeTopology(plan, wire, settings, backlog).build(config));
    }

    /** What a rebuild to a generation begins with. */
    public static Seeding seeding(Plan plan, WireFormat wire, int generation) {
        return new RowSeeding(plan, wire, generation);
    }

    /** Whether the plan has a thematic table: a Streams application without topics does not start. */
    public static boolean needed(Plan plan) {
        return !plan.themes().isEmpty();
    }
}
