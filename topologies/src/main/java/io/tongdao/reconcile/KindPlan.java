package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.ClaimTypes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
        return !base.reads(dataset).isEmpty();
    }

    boolean isEmpty() {
        return datasets.isEmpty();
    }

    /** Dataset → its items as base databases call them, with their types: what checks may name. */
    Map<String, Map<String, ItemType>> types() {
        return ClaimTypes.of(datasets, kind);
    }

    /** What people say about golden records of this kind. */
    Stream<String> orders() {
        return Stream.of(Names.objections(kind), Names.rulings(kind), Names.identities(kind));
    }

    /** What the stage's own topics held, when it is rebuilt. */
    String seeds() {
        return Names.seeds(kind);
    }

    /** What leaves no trace. */
    String protections() {
        return Names.protections(kind);
    }

    /** Names everything that golden records are found by: other rules, another fingerprint; the same in every process. */
    String fingerprint(Divisions divisions) {
        StringBuilder text = new StringBuilder();
        for (BasePlan base : bases) {
            text.append(base.name()).append(base.groups()).append(base.checks()).append(base.identity());
            for (BasePlan.BaseItemPlan item : base.items().values()) {
                text.append(item.name())
                        .append(item.type().avro())
                        .append(item.rules())
                        .append(item.compare())
                        .append(item.blame());
            }
        }
        datasets.forEach(dataset -> text.append(dataset.id()).append(dataset.asOf()));
        return Integer.toHexString(divisions.hashCode()) + '-' + Fingerprint.of(text.toString());
    }

    Stream<String> topics() {
        return datasets.stream().map(dataset -> dataset.topic().name());
    }

    /** Durable names: {@code <what>-<kind>}. */
    String named(String what) {
        return what + "-" + kind.word();
    }
}
