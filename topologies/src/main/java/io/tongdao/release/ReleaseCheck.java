package io.tongdao.release;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCheck;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@link GrantCheck} together with the row filter, which only this room can read. */
public final class ReleaseCheck {
    private ReleaseCheck() {}

    /** Everything because of which a grant can't flow, at once. */
    public static List<String> check(Plan plan, Grant grant) {
        return findings(plan, grant).all();
    }

    /** What its papers lack, and what is forbidden. */
    public static GrantFindings findings(Plan plan, Grant grant) {
        List<String> refused = new ArrayList<>();
        Set<String> filterItems = Set.of();
        if (GrantTable.exists(plan, grant.table())) {
            try {
                filterItems = filterItems(plan, grant);
            } catch (RowFilter.Refused e) {
                refused.add("grant " + grant.id() + ": " + e.getMessage());
            }
        }
        GrantFindings findings = GrantCheck.check(plan, grant, filterItems);
        refused.addAll(findings.refused());
        return new GrantFindings(findings.missing(), refused);
    }

    /** The providers that have not approved; the grant must have passed {@link #check}. */
    public static Set<String> missingApprovals(Plan plan, Grant grant) {
        return GrantCheck.missingApprovals(plan, grant, filterItems(plan, grant));
    }

    /** The providers whose approval the grant needs; the grant must have passed {@link #check}. */
    public static Set<String> providers(Plan plan, Grant grant) {
        return GrantCheck.providers(plan, grant, filterItems(plan, grant));
    }

    /** The items that the row filter reads; the grant must have passed {@link #check}. */
    public static Set<String> filterItems(Plan plan, Grant grant) {
        return RowFilter.compile(GrantTable.of(plan, grant.table()), grant.filter())
                .items();
    }
}
