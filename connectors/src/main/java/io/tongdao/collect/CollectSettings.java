package io.tongdao.collect;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.seal.SealKeys;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What collection needs beside the plan.
 *
 * @param kafka client settings of principal {@code collect}: {@code bootstrap.servers} and security
 * @param secrets resolves a secret's reference ({@code env:NAME}, {@code file:PATH}) to the secret
 * @param digestKey secret of the digests that stand for rows, at least 16 bytes; must stay the same for good
 * @param batchSize rows handed to Kafka at once
 * @param queueSize rows read ahead
 * @param pollInterval the longest wait for a change that is there
 * @param seals the keys of incidents (art. 27)
 * @param heartbeat how often an idle database's position is noted
 */
public record CollectSettings(
        Map<String, Object> kafka,
        SchemaRegistryClient registry,
        UnaryOperator<String> secrets,
        byte[] digestKey,
        SealKeys seals,
        int batchSize,
        int queueSize,
        Duration pollInterval,
        Duration heartbeat) {
    private static final int SHORTEST_KEY = 16;

    public CollectSettings {
        if (digestKey.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("the digest key needs at least " + SHORTEST_KEY + " bytes");
        }
    }

    /** The measured defaults: 2,048 rows a batch, 4,096 read ahead, 20 ms, a heartbeat a second. */
    public static CollectSettings of(
            Map<String, Object> kafka, SchemaRegistryClient registry, UnaryOperator<String> secrets, byte[] digestKey) {
        return new CollectSettings(
                kafka,
                registry,
                secrets,
                digestKey,
                SealKeys.NONE,
                2048,
                4096,
                Duration.ofMillis(20),
                Duration.ofSeconds(1));
    }

    /** Rows of a source that are handed to Kafka at once. */
    int batch(Source source) {
        return source.tuning().batch().orElse(batchSize);
    }

    /** The same with a longer wait and a slower heartbeat: each connection costs CPU at each of them, also where nothing happens. */
    public CollectSettings every(Duration wait, Duration beat) {
        return new CollectSettings(kafka, registry, secrets, digestKey, seals, batchSize, queueSize, wait, beat);
    }

    /** The same, for datasets that are collected under incidents too. */
    public CollectSettings sealing(SealKeys keys) {
        return new CollectSettings(
                kafka, registry, secrets, digestKey, keys, batchSize, queueSize, pollInterval, heartbeat);
    }

    @Override
    public String toString() {
        return "CollectSettings[" + kafka.get("bootstrap.servers") + ", batch " + batchSize + ", queue " + queueSize
                + ']';
    }
}
