package io.tongdao.reconcile;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Seeding;
import io.tongdao.runtime.StageApp;
import java.time.LocalDate;
import java.time.ZoneId;

/** Reconciliation as a stage that {@code runtime} can run. */
public final class ReconcileStage {
    public static final String NAME = "reconcile";

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private ReconcileStage() {}

    /** Reconciles by the rules that are in force on a day; a rule that begins later needs a restart on its day,
     * which finds golden records anew by it. */
    public static StageApp app(Plan plan, LocalDate day, WireFormat wire, ReconcileSettings settings) {
        return app(plan, day, wire, settings, new Backlog());
    }

    /** @param backlog hears how many subjects wait: whoever waits for them goes on hearing when the stage is started again */
    public static StageApp app(Plan plan, LocalDate day, WireFormat wire, ReconcileSettings settings, Backlog backlog) {
        Plan inForce = plan.on(day);
        return new StageApp(
                NAME, backlog, config -> new ReconcileTopology(inForce, wire, settings, backlog).build(config));
    }

    /** What a rebuild to a generation begins with. */
    public static Seeding seeding(Plan plan, WireFormat wire, int generation) {
        return new GoldenSeeding(plan, wire, generation);
    }
}
