package io.tongdao.runtime;

import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * A stage that can be run: its name and how its topology is built.
 *
 * @param stage one word; the application id is {@code tongdao-<stage>}
 */
public record StageApp(String stage, Function<TopologyConfig, Topology> build) {}
