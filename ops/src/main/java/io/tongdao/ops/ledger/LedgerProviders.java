package io.tongdao.ops.ledger;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.release.ReleaseCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whose data an entry of the ledger is about: of the items that were released, and of those that the grant's filter reads. */
final class LedgerProviders {
    private final Plan plan;
    private final Map<String, Grant> grants;
    private final Map<ReleasedUnder, Set<String>> known = new HashMap<>();

    /** @param grants by id, as they are now */
    LedgerProviders(Plan plan, Map<String, Grant> grants) {
        this.plan = plan;
        this.grants = Map.copyOf(grants);
    }

    Set<String> of(ReleasedUnder under) {
        return known.computeIfAbsent(under, this::found);
    }

    private Set<String> found(ReleasedUnder under) {
        if (!GrantTable.exists(plan, under.table())) {
            int dot = under.table().indexOf('.');
            return dot < 0 ? Set.of() : Set.of(under.table().substring(0, dot));
        }
        Set<String> providers = new TreeSet<>();
        GrantTable table = GrantTable.of(plan, under.table());
        table.items().values().stream()
                .filter(item -> under.masks().containsKey(item.name()))
                .forEach(item -> providers.addAll(item.providers()));
        Grant grant = grants.get(under.grant());
        if (grant != null
                && grant.table().equals(under.table())
                && ReleaseCheck.check(plan, grant).isEmpty()) {
            providers.addAll(ReleaseCheck.providers(plan, grant));
        }
        return providers;
    }
}
