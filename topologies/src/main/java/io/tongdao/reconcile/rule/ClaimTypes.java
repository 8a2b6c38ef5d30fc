package io.tongdao.reconcile.rule;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.SubjectPlan;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The types of what rows say of the subjects of a kind: what checks may name. */
public final class ClaimTypes {
    private ClaimTypes() {}

    /** Dataset → its items as base databases call them, with their types. */
    public static Map<String, Map<String, ItemType>> of(Collection<DatasetPlan> datasets, SubjectKind kind) {
        Map<String, Map<String, ItemType>> types = new HashMap<>();
        for (DatasetPlan dataset : datasets) {
            Map<String, ItemType> said = new HashMap<>();
            dataset.items().forEach((name, item) -> said.put(name, item.type()));
            for (SubjectPlan subject : dataset.subjects()) {
                if (subject.kind() == kind) {
                    subject.claims().forEach((item, field) -> {
                        ItemPlan held = dataset.items().get(field);
                        if (held != null) {
                            said.put(item, held.type());
                        }
                    });
                }
            }
            types.put(dataset.id(), said);
        }
        return types;
    }
}
