package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configuration of one connection's connector in a Kafka Connect cluster, compiled from the plan: the body of
 * {@code PUT /connectors/NAME/config}. Secrets stand in it as references that the workers' config providers resolve. The records are
 * those of the embedded engine, byte for byte; exactly once where the workers have {@code exactly.once.source.support=enabled}.
 */
public final class ClusterConnector {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    private ClusterConnector() {}

    /**
     * What the cluster has that the plan does not say.
     *
     * @param registry the schema registry's address, as the workers reach it
     * @param digestKey reference to the digest key in hex, such as <code>${file:/etc/tongdao/collect:digest.key}</code>; the same key
     *     as in the embedded engine
     * @param rejectPartitions partitions of {@code flag.reject}
     * @param epoch raised for each new snapshot, beginning with 1
     */
    public record Cluster(String registry, String digestKey, int rejectPartitions, int epoch) {}

    /** The connector's name: with the epoch, so that a new epoch has no offsets and begins with a snapshot. */
    public static String name(Source source, int epoch) {
        return "tongdao." + source.name() + ".e" + epoch;
    }

    /** @param settings its secrets give references that the workers resolve; its Kafka settings serve MariaDB's schema history */
    public static Map<String, String> config(Plan plan, Source source, CollectSettings settings, Cluster cluster) {
        List<DatasetPlan> datasets = plan.datasets().values().stream()
                .filter(d -> d.connection().equals(source.name()))
                .toList();
        datasets.stream().filter(DatasetPlan::sealed).findFirst().ifPresent(one -> {
            throw new CollectException(one.id() + " is collected under incident " + one.incident()
                    + " and sealed by a key that no Connect cluster has: collect connection " + source.name()
                    + " in the exchange");
        });
        Map<String, Integer> epochs = new TreeMap<>();
        datasets.forEach(d -> epochs.put(d.id(), cluster.epoch()));
        KeyedConfig keyed =
                new KeyedConfig(datasets, epochs, Set.of(), Map.of(), false, new byte[0], cluster.rejectPartitions());
        Map<String, String> config = new TreeMap<>();
        ConnectorSettings.inCluster(source, keyed, cluster.epoch(), settings)
                .forEach((name, value) -> config.put(name.toString(), value.toString()));
        config.put(KeyedConfig.DIGEST_KEY, cluster.digestKey());
        config.put(ClusterTask.HEARTBEATS, CollectTopics.heartbeats(source));
        config.put("name", name(source, cluster.epoch()));
        config.put("tasks.max", "1");
        config.put("exactly.once.support", "required");
        config.put("transaction.boundary", "poll");
        config.put("key.converter", BYTES);
        config.put("header.converter", BYTES);
        config.put("value.converter", AvroRowConverter.class.getName());
        config.put("value.converter.schema.registry.url", cluster.registry());
        config.put("producer.override.compression.type", "lz4");
        config.put("producer.override.linger.ms", "5");
        config.put("producer.override.batch.size", Integer.toString(HandOff.BATCH_BYTES));
        config.put(
                "producer.override.max.request.size",
                Integer.toString(io.tongdao.contract.topic.Policy.MAX_MESSAGE_BYTES));
        return config;
    }
}
