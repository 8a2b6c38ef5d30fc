package io.tongdao.runtime;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The names of a topology that outlive a release: nodes, stores, and with them changelogs and repartition topics. Pinned by a committed
 * list per topology; a rename needs a decision record. Topics of sources and sinks are data and not named here.
 */
public final class DurableNames {
    private DurableNames() {}

    /** One line each, sorted: {@code <sub-topology> source|processor|sink|store <name>}. */
    public static List<String> of(Topology topology) {
        TreeSet<String> names = new TreeSet<>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            part.nodes().forEach(node -> add(names, part.id(), node));
        }
        topology.describe()
                .globalStores()
                .forEach(global -> names.add(
                        "global store " + global.processor().stores().iterator().next()));
        return List.copyOf(names);
    }

    private static void add(Set<String> names, int part, TopologyDescription.Node node) {
        String kind = switch (node) {
            case TopologyDescription.Source source -> "source";
            case TopologyDescription.Sink sink -> "sink";
            case TopologyDescription.Processor processor -> {
                processor.stores().forEach(store -> names.add(part + " store " + store));
                yield "processor";
            }
            default -> throw new IllegalStateException("a node of unknown kind: " + node.name());
        };
        names.add(part + " " + kind + " " + node.name());
    }
}
