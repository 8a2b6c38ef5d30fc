package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency;
import io.tongdao.contract.catalogue.Catalogue.InboxEntry;
import io.tongdao.contract.plan.Source;
import java.util.HashMap;
import java.util.Map;

/** Agencies stand on a division of their level; connections belong to an agency. */
final class RegisterCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        scope.catalogue().agencies().values().forEach(agency -> agency(scope, agency, problems));
        inboxes(scope, problems);
        scope.catalogue().connections().values().forEach(connection -> {
            Source source = connection.source();
            if (!source.agency().isEmpty()) {
                References.agency(scope, new Ref(source.agency(), connection.at()), problems);
            }
        });
    }

    private static void inboxes(Scope scope, Problems problems) {
        Map<String, InboxEntry> places = new HashMap<>();
        for (InboxEntry entry : scope.catalogue().inboxes().values()) {
            References.agency(scope, new Ref(entry.inbox().agency(), entry.at()), problems);
            InboxEntry before = places.putIfAbsent(entry.inbox().directory(), entry);
            if (before != null && !entry.inbox().directory().isEmpty()) {
                problems.add(
                        entry.at(),
                        CheckCode.INBOX_DIRECTORY,
                        "inbox " + entry.inbox().name() + " has the directory of inbox "
                                + before.inbox().name() + ": give each its own, or use one inbox");
            }
        }
    }

    private static void agency(Scope scope, Agency agency, Problems problems) {
        Ref division = agency.division();
        if (division.blank()) {
            return;
        }
        if (!scope.knows(division.id())) {
            problems.add(
                    division.at(),
                    CheckCode.REF_DIVISION,
                    "division " + division.id() + " of agency " + agency.id()
                            + " is not in divisions.csv: use a code in force");
        } else if (agency.level() != level(division.id())) {
            problems.add(
                    agency.at(),
                    CheckCode.AGENCY_LEVEL,
                    "agency " + agency.id() + " is not of the level of its division " + division.id()
                            + ": correct one of them");
        }
    }

    static Agency.Level level(String division) {
        if (division.endsWith("0000")) {
            return Agency.Level.PROVINCE;
        }
        return division.endsWith("00") ? Agency.Level.PREFECTURE : Agency.Level.COUNTY;
    }
}
