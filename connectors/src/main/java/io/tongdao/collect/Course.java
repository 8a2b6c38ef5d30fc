package io.tongdao.collect;

import io.tongdao.collect.SourceState.State;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * What a connection's collection has to do next, decided from what the catalogue wants, what {@code ctl.source} remembers and what was
 * ordered. Pure: the same after a kill at any moment, so every start, order and change of the catalogue goes this one way.
 *
 * @param generation of the stream
 * @param steps by dataset: where each goes on
 */
record Course(Kind kind, int generation, SortedMap<String, Step> steps) {
    enum Kind {
        /** A new stream: all tables in one view, then the changes after it. */
        SNAPSHOT,
        /** The stream goes on; tables that are {@link State#REREADING} are read beside. */
        STREAM,
        /** The log has a gap that nobody has confirmed. */
        WAIT
    }

    /** Where one dataset goes on; {@code ordered} as in {@link SourceState}. */
    record Step(int epoch, State state, long ordered, String definition) {}

    /**
     * What is asked for.
     *
     * @param definitions dataset → digest of its definition
     * @param blocked datasets whose tables don't fit the catalogue: reading them again would only reject their rows
     * @param heal the offset after the newest order to heal, 0: none
     * @param resnapshot the offset after the newest order for a dataset, 0: none
     * @param beside whether a table can be read beside the stream; else all are read anew where one has to be
     */
    record Wanted(
            Map<String, String> definitions,
            Set<String> blocked,
            long heal,
            ToLongFunction<String> resnapshot,
            boolean beside) {}

    /** Nothing known yet. */
    static final Course NONE = new Course(Kind.WAIT, 0, new TreeMap<>());

    Step step(String dataset) {
        Step step = steps.get(dataset);
        if (step == null) {
            throw new IllegalArgumentException(dataset + " is not collected here");
        }
        return step;
    }

    Map<String, Integer> epochs() {
        Map<String, Integer> epochs = new TreeMap<>();
        steps.forEach((dataset, step) -> epochs.put(dataset, step.epoch()));
        return epochs;
    }

    /** Datasets whose tables are read beside the stream. */
    SortedSet<String> rereads() {
        SortedSet<String> rereads = new TreeSet<>();
        steps.forEach((dataset, step) -> {
            if (step.state() == State.REREADING) {
                rereads.add(dataset);
            }
        });
        return rereads;
    }

    Course with(String dataset, State state) {
        Step before = step(dataset);
        SortedMap<String, Step> next = new TreeMap<>(steps);
        next.put(dataset, new Step(before.epoch(), state, before.ordered(), before.definition()));
        return new Course(kind, generation, next);
    }

    /** Wanted datasets that were never collected, or no longer are: nothing is lost if they are refused. */
    static Set<String> fresh(Map<String, SourceState> known, Set<String> wanted) {
        Set<String> fresh = new TreeSet<>(wanted);
        fresh.removeIf(
                dataset -> known.containsKey(dataset) && known.get(dataset).state() != State.ENDED);
        return fresh;
    }

    /** The steps of datasets that the catalogue no longer has. */
    static Map<String, Step> ended(Map<String, SourceState> known, Set<String> wanted) {
        Map<String, Step> steps = new TreeMap<>();
        known.forEach((dataset, state) -> {
            if (!wanted.contains(dataset) && state.state() != State.ENDED) {
                steps.put(dataset, new Step(state.epoch(), State.ENDED, state.ordered(), known(state, "")));
            }
        });
        return steps;
    }

    static Course of(Wanted wanted, Map<String, SourceState> known) {
        int generation = known.values().stream()
                .mapToInt(SourceState::streamGeneration)
                .max()
                .orElse(0);
        Map<String, SourceState> live = new TreeMap<>(known);
        live.keySet().retainAll(wanted.definitions.keySet());
        live.values().removeIf(s -> s.state() == State.ENDED);
        boolean healed = live.values().stream().anyMatch(s -> s.ordered() < wanted.heal);
        if (live.isEmpty() || healed || any(live, State.SNAPSHOTTING)) {
            return all(Kind.SNAPSHOT, generation + 1, wanted, known);
        }
        Course next = all(any(live, State.LOST) ? Kind.WAIT : Kind.STREAM, generation, wanted, known);
        return wanted.beside || wanted.blocked.containsAll(next.rereads())
                ? next
                : all(Kind.SNAPSHOT, generation + 1, wanted, known);
    }

    private static boolean any(Map<String, SourceState> states, State state) {
        return states.values().stream().anyMatch(s -> s.state() == state);
    }

    private static Course all(Kind kind, int generation, Wanted wanted, Map<String, SourceState> known) {
        SortedMap<String, Step> steps = new TreeMap<>();
        wanted.definitions.forEach((dataset, definition) -> {
            SourceState before = known.get(dataset);
            int epoch = before == null ? 0 : before.epoch();
            long ordered = Math.max(
                    before == null ? 0 : before.ordered(),
                    Math.max(wanted.heal, wanted.resnapshot.applyAsLong(dataset)));
            steps.put(
                    dataset,
                    switch (kind) {
                        case SNAPSHOT -> new Step(epoch + 1, State.SNAPSHOTTING, ordered, definition);
                        case STREAM ->
                            before == null
                                    ? new Step(1, State.REREADING, ordered, definition)
                                    : onward(wanted, dataset, before, ordered, definition);
                        case WAIT ->
                            before == null
                                    ? new Step(0, State.LOST, ordered, definition)
                                    : new Step(epoch, before.state(), before.ordered(), known(before, definition));
                    });
        });
        return new Course(kind, generation, steps);
    }

    private static Step onward(Wanted wanted, String dataset, SourceState before, long ordered, String definition) {
        boolean other = !known(before, definition).equals(definition);
        boolean again = before.state() == State.ENDED || other || before.ordered() < ordered;
        if (again && !wanted.blocked.contains(dataset)) {
            return new Step(before.epoch() + 1, State.REREADING, ordered, definition);
        }
        return new Step(before.epoch(), before.state(), ordered, known(before, definition));
    }

    /** A value of the first version is taken to mean the definition of today. */
    private static String known(SourceState before, String definition) {
        return before.definition() == null ? definition : before.definition();
    }
}
