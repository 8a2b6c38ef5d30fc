package io.tongdao.collect;

import io.tongdao.collect.SourceState.State;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of a connection's datasets, for {@link CollectStatus} and the log: counts only. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /** A course begins: datasets that it does not have are forgotten, those that are read whole count from nothing. */
    void begin(Course course, SourceCheck.Findings found) {
        tallies.keySet().retainAll(course.steps().keySet());
        course.steps().forEach((dataset, step) -> {
            Tally tally = tallies.computeIfAbsent(dataset, none -> new Tally());
            List<String> problems = found.tables().get(dataset);
            tally.problem(problems == null ? null : String.join("; ", problems));
            if (problems != null) {
                LOG.warn("collect {}: {}", dataset, tally.problem());
            }
            if (step.state() != State.STREAMING) {
                tally.reading(found.estimates().getOrDefault(dataset, -1L));
            }
        });
    }

    Map<String, Tally> tallies() {
        return tallies;
    }

    String of(String dataset) {
        Tally tally = tallies.get(dataset);
        return tally == null ? "" : tally.progress();
    }

    void log(Course course) {
        course.steps().forEach((dataset, step) -> {
            if (step.state() == State.SNAPSHOTTING || step.state() == State.REREADING) {
                LOG.info("collect {}: {} read in epoch {}", dataset, of(dataset), step.epoch());
            }
        });
    }

    List<CollectStatus.Dataset> status(Course course, Shapes shapes) {
        return course.steps().entrySet().stream()
                .filter(e -> tallies.containsKey(e.getKey()))
                .map(e -> status(e.getKey(), e.getValue(), shapes.problem(e.getKey())))
                .toList();
    }

    private CollectStatus.Dataset status(String dataset, Course.Step step, @Nullable String held) {
        Tally tally = tallies.getOrDefault(dataset, new Tally());
        return tally.status(dataset, step.state(), step.epoch(), held == null ? tally.problem() : held);
    }
}
