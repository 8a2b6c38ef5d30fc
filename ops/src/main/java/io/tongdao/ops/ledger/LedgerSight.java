package io.tongdao.ops.ledger;

import io.tongdao.contract.plan.Plan;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who sees what of the ledger: the one table. A data subject sees its own entries; a provider how much of its data went to whom, and no subjects; the
 * authority everything, a subject's entries only for a case; the authority of a division the same of what its agencies provide.
 */
public sealed interface LedgerSight {
    /** 数据主体 */
    String SUBJECT = "subject";

    /** 数据主管部门 of the province. */
    String AUTHORITY = "authority";

    /** Everything. */
    record Whole() implements LedgerSight {}

    /** All entries of the subject that asks. */
    record Own() implements LedgerSight {}

    /** What was released of the data that these agencies provide. */
    record Provided(Set<String> agencies) implements LedgerSight {}

    record Refused(LedgerReason reason) implements LedgerSight {}

    /** @param subject whether one was named */
    static LedgerSight of(Plan plan, String who, boolean subject, String caseNumber) {
        if (who.equals(SUBJECT)) {
            return subject ? new Own() : new Refused(LedgerReason.SUBJECT_MISSING);
        }
        if (plan.agencies().containsKey(who)) {
            return subject ? new Refused(LedgerReason.SUBJECT_NOT_SHOWN) : new Provided(Set.of(who));
        }
        boolean province = who.equals(AUTHORITY);
        Set<String> agencies = province ? Set.of() : agencies(plan, who);
        if (!province && agencies.isEmpty()) {
            return new Refused(LedgerReason.IDENTITY_UNKNOWN);
        }
        if (subject && caseNumber.isBlank()) {
            return new Refused(LedgerReason.CASE_MISSING);
        }
        return province ? new Whole() : new Provided(agencies);
    }

    private static Set<String> agencies(Plan plan, String who) {
        return plan.agencies().values().stream()
                .filter(agency -> who.equals(AUTHORITY + "@" + agency.division()))
                .map(Plan.Agency::id)
                .collect(Collectors.toSet());
    }

    /** The word of the record. */
    default String extent() {
        return switch (this) {
            case Whole whole -> "whole";
            case Own own -> "own";
            case Provided provided -> "own";
            case Refused refused -> "none";
        };
    }
}
