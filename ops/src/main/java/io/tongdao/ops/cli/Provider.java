package io.tongdao.ops.cli;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;

/** Whom a finding about a dataset is addressed to, and what the dataset is called. */
final class Provider {
    private Provider() {}

    /** {@code 省公安厅 (ga)}. @param dataset its id, also of one that has left the catalogue */
    static String of(Plan plan, String dataset) {
        String id = dataset.substring(0, Math.max(0, dataset.indexOf('.')));
        Plan.Agency agency = plan.agencies().get(id);
        return agency == null ? id : agency.name() + " (" + id + ')';
    }

    static String title(Plan plan, String dataset) {
        DatasetPlan known = plan.datasets().get(dataset);
        return known == null ? dataset : '《' + known.title() + "》 " + dataset;
    }
}
