package io.tongdao.ops.explain;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.Access;
import io.tongdao.release.mask.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The record of accesses ({@code audit.access}) as it may be read (art. 35): an agency reads what was asked in its name, the authority of a
 * division what was asked in the name of its agencies and its own, the province's authority everything.
 */
public final class AccessRecords {
    private static final String AUTHORITY = "authority";
    private final Plan plan;
    private final String who;

    /** @throws ExplainRefused if there is no such identity */
    public AccessRecords(Plan plan, String who) {
        boolean authority = who.equals(AUTHORITY) || who.startsWith(AUTHORITY + "@");
        if (!authority && !plan.agencies().containsKey(who)) {
            throw new ExplainRefused(Reason.IDENTITY_UNKNOWN);
        }
        this.plan = plan;
        this.who = who;
    }

    /** What stands there now and may be read, the oldest first. */
    public List<Access> read(Map<String, Object> client) {
        return all(client).stream()
                .filter(this::may)
                .sorted(Comparator.comparing(Access::at))
                .toList();
    }

    /** Under which name a subject stands there; none: what was given is no identifier. */
    public static Optional<String> token(Tokens tokens, String subject) {
        return AskedSubject.parse(subject).map(one -> tokens.token(one.kind().word(), one.key()));
    }

    boolean may(Access access) {
        if (who.equals(AUTHORITY) || who.equals(access.who())) {
            return true;
        }
        Plan.Agency agency = plan.agencies().get(access.who());
        return agency != null && who.equals(AUTHORITY + "@" + agency.division());
    }

    private static List<Access> all(Map<String, Object> client) {
        List<Access> all = new ArrayList<>();
        new PartitionScan(client)
                .read(
                        "",
                        Map.of(Names.ACCESSES, 0),
                        Set.of(Names.ACCESSES),
                        one -> all.add(Access.FORMAT.decode(one.value())));
        return all;
    }
}
