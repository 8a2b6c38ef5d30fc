package io.tongdao.collect;

import io.tongdao.contract.topic.Names;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The states in {@link Names#SOURCES}, compare-and-set: every write is read back, and one that another collector has overtaken stops
 * this one. Written by the thread that runs the engine, or by the one that controls it while none runs.
 */
final class EpochLedger {
    private final String connection;
    private final HandOff handOff;
    private final WholeTopic reader;
    private final String collector = UUID.randomUUID().toString();
    private final Map<String, SourceState> mine = new HashMap<>();

    EpochLedger(String connection, HandOff handOff, WholeTopic reader) {
        this.connection = connection;
        this.handOff = handOff;
        this.reader = reader;
    }

    Map<String, SourceState> read() {
        Map<String, SourceState> states = new HashMap<>();
        reader.read(Names.SOURCES, record -> {
            String dataset = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                states.remove(dataset);
            } else {
                states.put(dataset, SourceState.parse(record.value()));
            }
        });
        return states;
    }

    /**
     * Writes all steps; whoever was killed in between finds some of them, and every one is right by itself.
     *
     * @throws CollectException if another collector has taken one of the datasets since this one wrote
     */
    synchronized void write(Map<String, Course.Step> steps, int generation) {
        verify();
        steps.forEach((dataset, step) -> {
            SourceState entry = new SourceState(
                    step.epoch(),
                    step.state(),
                    connection,
                    collector,
                    Instant.now(),
                    generation,
                    step.ordered(),
                    step.definition());
            mine.put(dataset, entry);
            handOff.send(Names.SOURCES, null, dataset.getBytes(StandardCharsets.UTF_8), entry.bytes(), null);
        });
        handOff.flush();
        verify();
    }

    private void verify() {
        if (mine.isEmpty()) {
            return;
        }
        Map<String, SourceState> now = read();
        mine.forEach((dataset, written) -> {
            @Nullable SourceState found = now.get(dataset);
            if (found == null || !found.collector().equals(collector)) {
                throw new CollectException(dataset + ": another collector has taken over the dataset; run one only");
            }
        });
    }
}
