package io.tongdao.ops.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.incident.Incident.State;
import io.tongdao.contract.incident.IncidentStep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Destruction gets to its end wherever it is broken off, and certifies nothing before. */
class DestructionTest {
    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final List<Thing> things = new ArrayList<>();
    private int steps;
    private int breaksAt = Integer.MAX_VALUE;

    /** What can be removed, goes some looks later, and counts each step so that one may be the last. */
    private final class Thing implements Trace {
        private final String name;
        private int looks;
        private boolean removed;

        Thing(String name, int looks) {
            this.name = name;
            this.looks = looks;
        }

        @Override
        public String kind() {
            return "thing";
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void remove() throws IOException {
            step();
            removed = true;
        }

        @Override
        public Optional<String> left() throws IOException {
            step();
            boolean gone = removed && looks-- <= 0;
            return gone ? Optional.empty() : Optional.of("1 piece");
        }

        @Override
        public String proof() {
            return "looked at";
        }
    }

    private void step() throws IOException {
        if (++steps == breaksAt) {
            throw new IOException("killed");
        }
    }

    @ParameterizedTest(name = "broken off at step {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void endsWhereverItWasBrokenOff(int at) throws Exception {
        // Given
        things.addAll(List.of(new Thing("key", 0), new Thing("topic", 0), new Thing("table", 1)));
        breaksAt = at;
        assertThatThrownBy(this::carryOut).hasMessage("killed");
        breaksAt = Integer.MAX_VALUE;
        // When
        Certificate certificate = carryOut();
        // Then
        assertThat(things).allMatch(thing -> thing.removed);
        assertThat(certificate.removed()).extracting(Certificate.Proven::name).containsExactly("key", "topic", "table");
        assertThat(certificate.removed()).allMatch(one -> one.proof().equals("looked at"));
    }

    @Test
    void whatStaysIsNamedAndNothingIsCertified() {
        // Given
        things.addAll(List.of(new Thing("key", 0), new Thing("topic", 1000)));
        // When, Then
        assertThatThrownBy(() -> destruction().carryOut(remains(), Duration.ofMillis(100)))
                .isInstanceOf(Destruction.Unfinished.class)
                .hasMessage("thing topic: 1 piece");
    }

    @Test
    void whatCameBackIsFoundAgain() throws Exception {
        // Given
        Thing topic = new Thing("topic", 0);
        things.addAll(List.of(new Thing("key", 0), topic));
        carryOut();
        // When
        topic.removed = false;
        // Then
        assertThat(destruction().recheck(remains())).containsExactly("thing topic: 1 piece");
    }

    @Test
    void theCertificateSaysWhoDecidedWhatWasFoundAndWhoHasTheKey() throws Exception {
        // Given
        things.add(new Thing("key", 0));
        // When
        List<String> text = carryOut().text();
        // Then
        assertThat(text)
                .anyMatch(line -> line.contains("含个人信息"))
                .anyMatch(line -> line.contains("省数据局"))
                .anyMatch(line -> line.contains("hrss, by 省数据局"))
                .anyMatch(line -> line.contains("copies that consumers made"));
    }

    private Certificate carryOut() throws Exception {
        return destruction().carryOut(remains(), PATIENCE);
    }

    private Destruction destruction() {
        return new Destruction(remains -> List.copyOf(things), InstantSource.fixed(NOW));
    }

    private static Traces.Remains remains() {
        Incident incident = new Incident(
                "2026-quake-3",
                "地震",
                "530000",
                "预案",
                NOW,
                List.of(new Incident.Handed("hrss", "省数据局", NOW)),
                List.of(
                        new IncidentStep(State.ASSESSED, "省数据局", "含个人信息", NOW),
                        new IncidentStep(State.DESTROYING, "省数据局", "处置结束", NOW)));
        return new Traces.Remains(incident, Set.of(), List.of());
    }
}
