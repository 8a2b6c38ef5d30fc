package io.tongdao.contract.grant;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The topics that grants themselves need, and which tables belong to which kind's release tasks. */
public final class GrantTopics {
    public static final Topic GRANTS = new Topic(Names.GRANTS, 1, Policy.CONTROL, null);
    public static final Topic ACKS = new Topic(Names.ACKS, 1, Policy.CONTROL, null);

    private GrantTopics() {}

    /** {@code ctl.release.<kind>}: partitioned like the sources of its kind. */
    public static Topic release(Plan plan, SubjectKind kind) {
        return new Topic(Names.release(kind), plan.partitions().getOrDefault(kind, 1), Policy.CONTROL, null);
    }

    /** All control topics of a plan. */
    public static List<Topic> of(Plan plan) {
        List<Topic> topics = new ArrayList<>(List.of(GRANTS, ACKS));
        kinds(plan).forEach(kind -> topics.add(release(plan, kind)));
        return topics;
    }

    /** The subject kinds that have tables. */
    public static Set<SubjectKind> kinds(Plan plan) {
        Set<SubjectKind> kinds = EnumSet.noneOf(SubjectKind.class);
        plan.datasets().values().forEach(dataset -> kinds.add(dataset.kind()));
        plan.bases().values().forEach(base -> kinds.add(base.kind()));
        return kinds;
    }

    /** Topic name → table, of all tables of a kind. */
    public static TreeMap<String, GrantTable> tables(Plan plan, SubjectKind kind) {
        TreeMap<String, GrantTable> tables = new TreeMap<>();
        plan.datasets().keySet().forEach(id -> add(tables, GrantTable.of(plan, id), kind));
        plan.bases().keySet().forEach(name -> add(tables, GrantTable.of(plan, "base." + name), kind));
        return tables;
    }

    private static void add(TreeMap<String, GrantTable> tables, GrantTable table, SubjectKind kind) {
        if (table.kind() == kind) {
            tables.put(table.topic().name(), table);
        }
    }
}
