package io.tongdao.ops.bench;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.Collector;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.ops.exchange.SecretReferences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * One connection's collection in a process of its own, to be measured or killed: our collector, or the floor beside it. Told what to do
 * by a line on its standard input, and closes when that ends.
 */
public final class CollectMain {
    static final byte[] DIGEST_KEY = "the digest key of the benches".getBytes(StandardCharsets.UTF_8);
    private static final int SCHEMAS = 100;

    private CollectMain() {}

    /** No arguments: secrets have no place on a command line. */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        CollectOrder order = CollectOrder.parse(in.readLine());
        Plan plan = order.plan();
        Source source = Objects.requireNonNull(plan.sources().get(order.name()), "the plan has the connection");
        CollectSettings settings = settings(order.kafka(), order.registry());
        try (AutoCloseable running =
                order.floor() ? FloorEngine.start(plan, source, settings) : Collector.start(plan, source, settings)) {
            while (in.readLine() != null) {
                Thread.onSpinWait();
            }
        } catch (Exception e) { // the signature of AutoCloseable; whoever started this process reads its exit code
            System.err.println(e);
            System.exit(1);
        }
        System.exit(0);
    }

    private static CollectSettings settings(Map<String, Object> kafka, String registry) {
        return CollectSettings.of(
                kafka, new CachedSchemaRegistryClient(registry, SCHEMAS), SecretReferences::resolve, DIGEST_KEY);
    }
}
