package io.tongdao.ops.api;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.Plan;
import io.tongdao.release.ReleaseCheck;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Who may do what: the one table. What does not stand in it nobody may. */
public final class Rights {
    private static final Map<Role, Map<Act, Reach>> TABLE = new EnumMap<>(Role.class);

    static {
        for (Role role : Role.values()) {
            TABLE.put(role, new EnumMap<>(Act.class));
            give(Reach.ALL, role, Act.DESCRIBE, Act.WHO_AM_I);
        }
        give(Reach.ALL, Role.AUTHORITY, Act.LIST_GRANTS, Act.SHOW_GRANT, Act.SUSPEND_GRANT, Act.RESUME_GRANT);
        give(Reach.ALL, Role.AUTHORITY, Act.END_GRANT, Act.LIST_VERIFICATIONS, Act.LIST_FILES, Act.LIST_PICKUPS);
        give(Reach.ALL, Role.AUTHORITY, Act.LIST_RELEASES);
        // art. 36: the provider too suspends, and ends where nothing is put right; only the authority lets it flow
        // again
        give(Reach.OWN, Role.PROVIDER, Act.LIST_GRANTS, Act.SHOW_GRANT, Act.APPROVE_GRANT, Act.SUSPEND_GRANT);
        give(Reach.OWN, Role.PROVIDER, Act.END_GRANT, Act.LIST_VERIFICATIONS, Act.LIST_FILES, Act.LIST_PICKUPS);
        give(Reach.OWN, Role.PROVIDER, Act.LIST_RELEASES);
        give(Reach.OWN, Role.CONSUMER, Act.LIST_GRANTS, Act.SHOW_GRANT, Act.FILE_GRANT, Act.WITHDRAW_GRANT);
        give(Reach.OWN, Role.CONSUMER, Act.VERIFY, Act.LIST_VERIFICATIONS);
        give(Reach.OWN, Role.CONSUMER, Act.LIST_FILES, Act.ORDER_FILES, Act.PICK_UP, Act.LIST_PICKUPS);
        give(Reach.ALL, Role.AUDITOR, Act.LIST_GRANTS, Act.SHOW_GRANT, Act.LIST_VERIFICATIONS);
        give(Reach.ALL, Role.AUDITOR, Act.LIST_FILES, Act.LIST_PICKUPS, Act.LIST_RELEASES);
        give(Reach.ALL, Role.ENGINEER, Act.LIST_GRANTS, Act.SHOW_GRANT, Act.LIST_FILES);
    }

    /** How far an act reaches. */
    public enum Reach {
        NONE,
        /** A consumer's own grants; those that read a provider's items. */
        OWN,
        ALL
    }

    private Rights() {}

    public static Reach of(Role role, Act act) {
        return TABLE.getOrDefault(role, Map.of()).getOrDefault(act, Reach.NONE);
    }

    /** Whether somebody may do something with a grant. */
    public static boolean may(Identity who, Act act, Grant grant, Plan plan) {
        return switch (of(who.role(), act)) {
            case NONE -> false;
            case ALL -> true;
            case OWN -> own(who, grant, plan);
        };
    }

    private static boolean own(Identity who, Grant grant, Plan plan) {
        return switch (who.role()) {
            case CONSUMER -> !who.agency().isEmpty() && grant.consumer().equals(who.agency());
            case PROVIDER -> providers(grant, plan).contains(who.agency());
            case AUTHORITY, AUDITOR, ENGINEER -> false;
        };
    }

    /** Of what can't be read nobody is the provider. */
    private static Set<String> providers(Grant grant, Plan plan) {
        try {
            return GrantTable.exists(plan, grant.table()) ? ReleaseCheck.providers(plan, grant) : Set.of();
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
    }

    private static void give(Reach reach, Role role, Act... acts) {
        for (Act act : acts) {
            TABLE.computeIfAbsent(role, r -> new EnumMap<>(Act.class)).put(act, reach);
        }
    }
}
