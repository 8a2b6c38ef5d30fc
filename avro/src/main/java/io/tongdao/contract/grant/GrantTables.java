package io.tongdao.contract.grant;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which tables belong to which kind's release tasks. */
public final class GrantTables {
    private GrantTables() {}

    /** The subject kinds that have tables. */
    public static Set<SubjectKind> kinds(Plan plan) {
        Set<SubjectKind> kinds = EnumSet.noneOf(SubjectKind.class);
        plan.datasets().values().forEach(dataset -> kinds.add(dataset.kind()));
        plan.bases().values().forEach(base -> kinds.add(base.kind()));
        plan.themes().values().forEach(theme -> kinds.add(theme.kind()));
        return kinds;
    }

    /** Topic name → table, of all tables of a kind. */
    public static SortedMap<String, GrantTable> tables(Plan plan, SubjectKind kind) {
        SortedMap<String, GrantTable> tables = new TreeMap<>();
        plan.datasets().keySet().forEach(id -> add(tables, GrantTable.of(plan, id), kind));
        plan.bases().keySet().forEach(name -> add(tables, GrantTable.of(plan, "base." + name), kind));
        plan.themes().keySet().forEach(id -> add(tables, GrantTable.of(plan, "theme." + id), kind));
        return tables;
    }

    private static void add(Map<String, GrantTable> tables, GrantTable table, SubjectKind kind) {
        if (table.kind() == kind) {
            tables.put(table.topic().name(), table);
        }
    }
}
