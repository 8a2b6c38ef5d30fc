package io.tongdao.ops.incident;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Removes all that an incident has left behind, and proves of each that it is gone (art. 27). The whole may be begun again after a kill anywhere:
 * it goes through the same list, and what is gone is proven once more. Nothing is certified before all of it is gone.
 */
public final class Destruction {
    private static final Duration LOOK = Duration.ofMillis(500);
    private final Function<Traces.Remains, List<Trace>> traces;
    private final InstantSource clock;

    public Destruction(Traces traces, InstantSource clock) {
        this(traces::of, clock);
    }

    Destruction(Function<Traces.Remains, List<Trace>> traces, InstantSource clock) {
        this.traces = traces;
        this.clock = clock;
    }

    /** One that is left after all that could be done. */
    public static final class Unfinished extends Exception {
        private static final long serialVersionUID = 1;

        Unfinished(String line) {
            super(line);
        }
    }

    /** What is there to be removed now, for who is to confirm it: kind and name, and what there is of it. */
    public List<String> preview(Traces.Remains remains) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Trace trace : traces.apply(remains)) {
            lines.add(trace.kind() + "  " + trace.name() + "  " + trace.left().orElse("已无 nothing is left"));
        }
        return lines;
    }

    /**
     * @param patience how long to wait for what goes by itself behind a removal
     * @throws Unfinished naming what is left; to be begun again
     */
    Certificate carryOut(Traces.Remains remains, Duration patience)
            throws Unfinished, IOException, InterruptedException {
        List<Trace> all = traces.apply(remains);
        Instant limit = Instant.now().plus(patience);
        List<Certificate.Proven> proven = new ArrayList<>();
        for (Trace trace : all) {
            trace.remove();
        }
        for (Trace trace : all) {
            proven.add(awaitGone(trace, limit));
        }
        return Certificate.of(remains.incident(), proven, clock.instant());
    }

    private Certificate.Proven awaitGone(Trace trace, Instant limit)
            throws Unfinished, IOException, InterruptedException {
        Optional<String> left = trace.left();
        while (left.isPresent()) {
            if (Instant.now().isAfter(limit)) {
                throw new Unfinished(trace.kind() + " " + trace.name() + ": " + left.get());
            }
            Thread.sleep(LOOK);
            trace.remove();
            left = trace.left();
        }
        return new Certificate.Proven(
                trace.kind(), trace.name(), trace.proof(), clock.instant().toString());
    }

    /** Looks again at what a certificate says that is gone: what is there after all; empty if nothing is. */
    public List<String> recheck(Traces.Remains remains) throws IOException {
        List<String> back = new ArrayList<>();
        for (Trace trace : traces.apply(remains)) {
            trace.left().ifPresent(left -> back.add(trace.kind() + " " + trace.name() + ": " + left));
        }
        return back;
    }
}
