package io.tongdao.runtime;

import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * A stage that can be run: its name and how its topology is built.
 *
 * @param stage one word; the application id is {@code tongdao-<stage>}
 * @param backlog what its tasks have read and not worked off
 */
public record StageApp(String stage, Backlog backlog, Function<TopologyConfig, Topology> build) {
    /** A stage that works everything off as it comes. */
    public StageApp(String stage, Function<TopologyConfig, Topology> build) {
        this(stage, new Backlog(), build);
    }
}
