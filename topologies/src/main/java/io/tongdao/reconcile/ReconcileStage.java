package io.tongdao.reconcile;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.StageApp;
import org.apache.kafka.streams.Topology;

/** Reconciliation as a stage that {@code runtime} can run. */
public final class ReconcileStage {
    public static final String NAME = "reconcile";

    private ReconcileStage() {}

    public static StageApp app(Plan plan, WireFormat wire, ReconcileSettings settings) {
        return new StageApp(NAME, config -> new ReconcileTopology(plan, wire, settings).build(new Topology(config)));
    }
}
