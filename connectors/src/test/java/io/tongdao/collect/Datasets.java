package io.tongdao.collect;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Datasets by hand; each item's column has its name in upper case. */
final class Datasets {
    private Datasets() {}

    static DatasetPlan of(Map<String, ItemType> types, List<SubjectPlan> subjects, List<String> rowKey) {
        Map<String, ItemPlan> items = new LinkedHashMap<>();
        types.forEach((name, type) -> items.put(name, item(name, type)));
        if (subjects.size() > 1) {
            items.put(
                    SubjectPlan.ROLE_ITEM,
                    new ItemPlan(
                            SubjectPlan.ROLE_ITEM,
                            "",
                            "",
                            new ItemType.Text(20),
                            1,
                            Mask.KEEP,
                            ShareClass.CONDITIONAL));
        }
        Topic topic =
                new Topic("src.ga.person", 3, Policy.KEYED, RecordSchemas.src("ga", "person", "", items.values()));
        return new DatasetPlan(
                "ga.person", "ga", "person", "", "ga-db", "public.person", subjects, rowKey, "", items, topic);
    }

    static SubjectPlan person(String role, String item) {
        return new SubjectPlan(role, SubjectKind.PERSON, item, Map.of());
    }

    private static ItemPlan item(String name, ItemType type) {
        return new ItemPlan(name, name, name.toUpperCase(Locale.ROOT), type, 2, Mask.KEEP, ShareClass.CONDITIONAL);
    }
}
