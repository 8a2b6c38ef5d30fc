package io.tongdao.contract.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.incident.Incident.State;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentLifeTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    @Test
    void hasTheStepsOfArticle27AndNoOthers() {
        // Given
        Map<State, Set<State>> steps = new EnumMap<>(State.class);
        for (State from : State.values()) {
            Set<State> possible = EnumSet.noneOf(State.class);
            for (State to : State.values()) {
                // When
                if (goes(from, to)) {
                    possible.add(to);
                }
            }
            steps.put(from, possible);
        }
        // Then
        assertThat(steps)
                .isEqualTo(Map.of(
                        State.OPEN, Set.of(State.CLOSED),
                        State.CLOSED, Set.of(State.ASSESSED),
                        State.ASSESSED, Set.of(State.ASSESSED, State.SEALED, State.DESTROYING),
                        State.SEALED, Set.of(State.ASSESSED, State.DESTROYING),
                        State.DESTROYING, Set.of(State.DESTROYED),
                        State.DESTROYED, Set.of()));
    }

    @Test
    void saysWhatIsPossibleInstead() {
        assertThatThrownBy(() -> IncidentLife.step(in(State.CLOSED), State.DESTROYING, "a", "b", NOW))
                .isInstanceOf(IncidentLife.IllegalStep.class)
                .hasMessage("incident 2026-quake-3 is closed and can't become destroying; possible: assessed");
        assertThatThrownBy(() -> IncidentLife.step(in(State.DESTROYED), State.OPEN, "a", "b", NOW))
                .hasMessageEndingWith("possible: nothing, it is over");
    }

    @Test
    void keepsWhatItWasOnItsTopic() {
        // Given
        Incident incident = IncidentLife.step(in(State.OPEN), State.CLOSED, "省应急管理厅", "响应终止", NOW)
                .handedTo(new Incident.Handed("hrss", "省数据局", NOW));
        // When
        Incident read = Incident.FORMAT.decode(Incident.FORMAT.encode(incident));
        // Then
        assertThat(read).isEqualTo(incident);
        assertThat(read.state()).isEqualTo(State.CLOSED);
        assertThat(read.steps()).hasSize(2);
    }

    @Test
    void isOpenUntilItsEnd() {
        assertThat(in(State.OPEN).open(NOW)).isTrue();
        assertThat(in(State.OPEN).open(in(State.OPEN).until())).isFalse();
        assertThat(in(State.CLOSED).open(NOW)).isFalse();
    }

    private static boolean goes(State from, State to) {
        try {
            return IncidentLife.step(in(from), to, "a", "b", NOW).state() == to;
        } catch (IncidentLife.IllegalStep e) {
            return false;
        }
    }

    static Incident in(State state) {
        return new Incident(
                "2026-quake-3",
                "地震",
                "530000",
                "云南省突发事件应对条例",
                NOW.plusSeconds(3600),
                List.of(),
                List.of(new IncidentStep(state, "省应急管理厅", "地震", NOW)));
    }
}
