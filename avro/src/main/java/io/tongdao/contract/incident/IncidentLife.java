package io.tongdao.contract.incident;

import io.tongdao.contract.incident.Incident.State;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The life of an incident as a table (art. 27): open → closed → assessed → sealed ⇄ assessed, and from either of the two → destroying →
 * destroyed. Nothing leads back to open: a new emergency is a new incident with a new key.
 */
public final class IncidentLife {
    private static final Map<State, Set<State>> STEPS = Map.of(
            State.OPEN, Set.of(State.CLOSED),
            State.CLOSED, Set.of(State.ASSESSED),
            State.ASSESSED, Set.of(State.ASSESSED, State.SEALED, State.DESTROYING),
            State.SEALED, Set.of(State.ASSESSED, State.DESTROYING),
            State.DESTROYING, Set.of(State.DESTROYED),
            State.DESTROYED, Set.of());

    private IncidentLife() {}

    /** A step that the life of an incident doesn't have. The message names the incident, both states and what is possible instead. */
    public static final class IllegalStep extends IllegalStateException {
        private static final long serialVersionUID = 1;

        IllegalStep(String message) {
            super(message);
        }
    }

    /** @throws IllegalStep if the incident can't go there */
    public static Incident step(Incident incident, State to, String by, String reason, Instant at) {
        Set<State> possible = STEPS.getOrDefault(incident.state(), Set.of());
        if (!possible.contains(to)) {
            throw new IllegalStep("incident %s is %s and can't become %s; possible: %s"
                    .formatted(incident.id(), incident.state().word(), to.word(), words(possible)));
        }
        return incident.moved(new IncidentStep(to, by, reason, at));
    }

    private static String words(Set<State> states) {
        return states.isEmpty()
                ? "nothing, it is over"
                : Stream.of(State.values())
                        .filter(states::contains)
                        .map(State::word)
                        .collect(Collectors.joining(", "));
    }
}
