package io.tongdao.contract.change;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.Plan;
import java.util.Set;
import java.util.TreeSet;

/** What base databases ask of a dataset. */
final class Wanted {
    private Wanted() {}

    /** {@code base.item} of every golden item that the dataset is a source of, or verifies, by any of its rules; of checks too. */
    static Set<String> of(Plan plan, String dataset) {
        Set<String> wanted = new TreeSet<>();
        for (BasePlan base : plan.bases().values()) {
            for (BasePlan.BaseItemPlan item : base.items().values()) {
                if (item.sources().contains(dataset)) {
                    wanted.add(base.name() + "." + item.name());
                }
            }
            for (CrossCheck check : base.checks().values()) {
                check.itemsOf(dataset).forEach(item -> wanted.add(base.name() + "." + item));
            }
        }
        return wanted;
    }
}
