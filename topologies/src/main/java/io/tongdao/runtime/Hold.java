package io.tongdao.runtime;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Whether a task holds back what it finds: while its stage is rebuilt it takes everything that it reads, and writes nothing until all tasks have
 * read everything; then it goes through all its subjects once. So nobody sees what follows from half of the sources. Each processor of a
 * task has one over the same store, and the state of it lives with the task, wherever that goes.
 */
public final class Hold {
    private static final byte FORMAT = 1;
    private static final Bytes KEY = Bytes.wrap("hold".getBytes(StandardCharsets.UTF_8));
    private final KeyValueStore<Bytes, byte[]> store;
    private final Generation generation;
    private Phase phase;

    /** Where a task of a stage that is rebuilt is. */
    private enum Phase {
        READING,
        /** Told to go: what is found before the walk may begin is found. */
        RELEASED,
        WALKING,
        DONE
    }

    private record Mark(int generation, Phase phase) {}

    /** To be made when the task begins. */
    public Hold(KeyValueStore<Bytes, byte[]> store, Generation generation) {
        this.store = store;
        this.generation = generation;
        Mark mark = mark();
        boolean begins = generation.state() == Generation.State.READING && mark.generation < generation.number();
        if (begins) {
            put(Phase.READING);
        }
        // of a kind that the catalogue had lost when all others were released
        boolean over = generation.state() == Generation.State.SETTLED;
        this.phase = over ? Phase.DONE : begins ? Phase.READING : mark.phase;
    }

    /** Whether nothing is to be written. */
    public boolean on() {
        return now() == Phase.READING || phase == Phase.RELEASED;
    }

    /** Whether a seed is for this task. */
    public boolean takes(Seed seed) {
        return seed.generation() == generation.number() && now() == Phase.READING;
    }

    /** All tasks have read everything. */
    public void release() {
        put(Phase.RELEASED);
        phase = Phase.RELEASED;
    }

    /** Whether it has been told to go and has not gone. */
    public boolean released() {
        return now() == Phase.RELEASED;
    }

    /** It goes through its subjects from now on. */
    public void go() {
        put(Phase.WALKING);
        phase = Phase.WALKING;
    }

    public boolean walking() {
        return now() == Phase.WALKING;
    }

    /** It has gone through them. */
    public void done() {
        put(Phase.DONE);
        phase = Phase.DONE;
    }

    public int generation() {
        return generation.number();
    }

    /** Another processor of the task may have gone on meanwhile; none goes back. */
    private Phase now() {
        if (phase != Phase.DONE) {
            phase = mark().phase;
        }
        return phase;
    }

    private Mark mark() {
        byte[] value = store.get(KEY);
        if (value == null) {
            return new Mark(0, Phase.DONE);
        }
        StateIn in = new StateIn(value, FORMAT);
        return new Mark((int) in.number(), Phase.values()[in.octet()]);
    }

    private void put(Phase next) {
        store.put(
                KEY,
                new StateOut(FORMAT)
                        .number(generation.number())
                        .octet(next.ordinal())
                        .end());
    }
}
