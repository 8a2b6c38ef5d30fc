package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is reconciled about the subjects of one kind.
 *
 * @param datasets those that a base database names, by id; one that is named later is read from its beginning then
 */
record KindPlan(SubjectKind kind, List<BasePlan> bases, List<DatasetPlan> datasets) {

    static KindPlan of(Plan plan, SubjectKind kind) {
        List<BasePlan> bases = plan.bases().values().stream()
                .filter(base -> base.kind() == kind)
                .sorted(Comparator.comparing(BasePlan::name))
                .toList();
        List<DatasetPlan> datasets = plan.datasets().values().stream()
                .filter(dataset -> dataset.about(kind))
                .filter(dataset -> bases.stream().anyMatch(base -> reads(base, dataset.id())))
                .sorted(Comparator.comparing(DatasetPlan::id))
                .toList();
        return new KindPlan(kind, bases, datasets);
    }

    static boolean reads(BasePlan base, String dataset) {
        return !ClaimReader.itemsOf(base, dataset).isEmpty();
    }

    boolean isEmpty() {
        return datasets.isEmpty();
    }

    Stream<String> topics() {
        return datasets.stream().map(dataset -> dataset.topic().name());
    }

    /** Durable names: {@code <what>-<kind>}. */
    String named(String what) {
        return what + "-" + kind.word();
    }
}
