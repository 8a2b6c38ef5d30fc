package io.tongdao.ops.exchange;

import io.tongdao.contract.grant.GrantTables;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.incident.Traces;
import io.tongdao.release.HeldRows;
import io.tongdao.release.ReleaseStage;
import io.tongdao.runtime.Stage;
import java.util.Optional;

/** What is in the state of this process's own release tasks: all tasks are here. */
final class ReleasedStates implements Traces.States {
    private final Exchange exchange;

    ReleasedStates(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Optional<Long> count(String table) {
        Optional<Stage> release = exchange.stage(ReleaseStage.NAME);
        Plan plan = exchange.plan();
        long all = 0;
        for (SubjectKind kind : GrantTables.kinds(plan)) {
            for (int partition = 0; partition < plan.partitions().getOrDefault(kind, 1); partition++) {
                Optional<Long> some =
                        release.isEmpty() ? Optional.empty() : count(release.get(), kind, partition, table);
                if (some.isEmpty()) {
                    return Optional.empty();
                }
                all += some.get();
            }
        }
        return Optional.of(all);
    }

    private static Optional<Long> count(Stage release, SubjectKind kind, int partition, String table) {
        try {
            Optional<HeldRows.Task> task = HeldRows.Task.of(release, kind, partition);
            return task.isEmpty() ? Optional.empty() : Optional.of(HeldRows.count(task.get(), table));
        } catch (HeldRows.Unavailable e) {
            return Optional.empty();
        }
    }
}
