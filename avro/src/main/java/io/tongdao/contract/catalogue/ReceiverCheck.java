package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency;
import io.tongdao.contract.catalogue.Catalogue.Receiving;
import io.tongdao.contract.plan.Receiver;
import java.util.HashMap;
import java.util.Map;

/** Databases that receive returns: one for a lower-level agency, each with a schema of its own (art. 26). */
final class ReceiverCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        Map<String, Receiving> byAgency = new HashMap<>();
        Map<String, Receiving> byPlace = new HashMap<>();
        for (Receiving entry : scope.catalogue().receivers().values()) {
            Receiver receiver = entry.receiver();
            if (receiver.agency().isEmpty()) {
                continue;
            }
            agency(scope, entry, problems);
            Receiving before = byAgency.putIfAbsent(receiver.agency(), entry);
            if (before != null) {
                problems.add(
                        entry.at(),
                        CheckCode.RECEIVER_TWICE,
                        "agency %s receives in connection %s already (line %d): a return goes into one database; keep one"
                                .formatted(
                                        receiver.agency(),
                                        before.name(),
                                        before.at().line()));
                continue;
            }
            boolean placed = receiver.port() > 0 && !receiver.schema().isEmpty();
            Receiving beside = placed ? byPlace.putIfAbsent(receiver.place(), entry) : null;
            if (beside != null) {
                problems.add(
                        entry.at(),
                        CheckCode.RECEIVER_SCHEMA,
                        "connection %s receives into the schema of connection %s: give each agency its own"
                                .formatted(entry.name(), beside.name()));
            }
        }
    }

    private static void agency(Scope scope, Receiving entry, Problems problems) {
        String id = entry.receiver().agency();
        References.agency(scope, new Ref(id, entry.at()), problems);
        Agency agency = scope.catalogue().agencies().get(id);
        if (agency != null && agency.level() == Agency.Level.PROVINCE) {
            problems.add(
                    entry.at(),
                    CheckCode.RECEIVER_AGENCY,
                    "connection %s receives for %s, which is of the province: returns go to prefectures and counties"
                            .formatted(entry.name(), id));
        }
    }
}
