package io.tongdao.ops.explain;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.reconcile.Explainer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who sees what of a subject. A provider sees what it says itself, and what it is told of it; the authority of a division, for a case, what the
 * agencies of its division see; the province's authority, for a case, everything. Nobody else sees anything.
 */
public sealed interface Sight {
    /** 数据主管部门 of the province. */
    String AUTHORITY = "authority";

    /** Golden records, all claims, discrepancies, history. */
    record Whole() implements Sight {}

    /**
     * What some agencies say themselves.
     *
     * @param datasets theirs that base databases of the kind read
     */
    record Own(Set<String> datasets) implements Sight {}

    record Refused(Reason reason) implements Sight {}

    static Sight of(Plan plan, SubjectKind kind, String who, String caseNumber) {
        if (who.equals(AUTHORITY)) {
            return caseNumber.isBlank() ? new Refused(Reason.CASE_MISSING) : new Whole();
        }
        if (!who.startsWith(AUTHORITY + "@")) {
            return plan.agencies().containsKey(who) ? own(plan, kind, Set.of(who)) : unknown();
        }
        String division = who.substring(AUTHORITY.length() + 1);
        Set<String> agencies = plan.agencies().values().stream()
                .filter(agency -> agency.division().equals(division))
                .map(Plan.Agency::id)
                .collect(Collectors.toSet());
        if (agencies.isEmpty()) {
            return unknown();
        }
        return caseNumber.isBlank() ? new Refused(Reason.CASE_MISSING) : own(plan, kind, agencies);
    }

    private static Sight unknown() {
        return new Refused(Reason.IDENTITY_UNKNOWN);
    }

    private static Sight own(Plan plan, SubjectKind kind, Set<String> agencies) {
        Set<String> datasets = new TreeSet<>(Explainer.datasets(plan, kind));
        datasets.removeIf(id -> !agencies.contains(id.substring(0, id.indexOf('.'))));
        return datasets.isEmpty() ? new Refused(Reason.NOTHING_PROVIDED) : new Own(Set.copyOf(datasets));
    }

    /** The word of the record. */
    default String extent() {
        return switch (this) {
            case Whole whole -> "whole";
            case Own own -> "own";
            case Refused refused -> "none";
        };
    }
}
