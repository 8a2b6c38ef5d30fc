package io.tongdao.contract.incident;

import io.tongdao.contract.grant.Grant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an emergency grant owes to its incident (art. 27): it flows only while that is open, and never longer. */
public final class IncidentRules {
    private IncidentRules() {}

    /**
     * Why a grant may not be filed, approved or flow at a time; empty: its incident allows it, or it needs none.
     *
     * @param incident that the grant names, null: there is no such incident
     */
    public static List<String> problems(Grant grant, @Nullable Incident incident, Instant now) {
        String id = grant.papers().incident();
        if (grant.kind() != Grant.Kind.EMERGENCY || id.isBlank()) {
            return List.of();
        }
        String head = "grant " + grant.id() + ": incident " + id;
        if (incident == null) {
            return List.of(head + " is not on record: open it first, ./tongdao incident open " + id);
        }
        if (!incident.open(now)) {
            return List.of(head + " is " + word(incident) + ": nothing flows for it any more (art. 27)");
        }
        return grant.terms().ends() && grant.until().isAfter(incident.until())
                ? List.of(head + " ends at " + incident.until()
                        + ", and nothing flows longer for it: end the grant by then")
                : List.of();
    }

    private static String word(Incident incident) {
        return incident.state() == Incident.State.OPEN
                ? "over since " + incident.until()
                : incident.state().word();
    }
}
