package io.tongdao.ops.collect;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.Collector;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A collector in a process of its own, to be killed. */
public final class DoomedCollector {
    private DoomedCollector() {}

    /** Starts the process; its word on its standard output is whatever the collector logs. */
    static Process start(Path dir, People people) throws IOException {
        Landscape land = people.land();
        Source source = people.source();
        Properties told = new Properties();
        land.broker.adminSettings().forEach((name, value) -> told.setProperty("kafka." + name, value.toString()));
        told.setProperty("registry", land.registryUrl());
        told.setProperty("secret", land.secret(source.passwordRef()));
        told.setProperty("engine", source.engine().name());
        told.setProperty("name", source.name());
        told.setProperty("port", Integer.toString(source.port()));
        told.setProperty("user", source.user());
        told.setProperty("rowKey", String.join(",", people.dataset().rowKey()));
        Path file = dir.resolve(source.name() + ".properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            told.store(out, null);
        }
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.timezone=UTC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DoomedCollector.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve(source.name() + ".log").toFile()))
                .start();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Properties told = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            told.load(in);
        }
        Map<String, Object> kafka = new HashMap<>();
        for (String name : told.stringPropertyNames()) {
            if (name.startsWith("kafka.")) {
                kafka.put(name.substring("kafka.".length()), told.getProperty(name));
            }
        }
        String name = told.getProperty("name");
        Source source = new Source(
                name,
                name,
                Source.Engine.valueOf(told.getProperty("engine")),
                "127.0.0.1",
                Integer.parseInt(told.getProperty("port")),
                name,
                told.getProperty("user"),
                "secret");
        String rowKey = told.getProperty("rowKey");
        Plan plan = People.plan(source, rowKey.isEmpty() ? new String[0] : rowKey.split(",", -1));
        Collector.start(
                plan,
                source,
                CollectSettings.of(
                        kafka,
                        new CachedSchemaRegistryClient(told.getProperty("registry"), 100),
                        reference -> told.getProperty(reference),
                        Landscape.DIGEST_KEY));
        Thread.sleep(Long.MAX_VALUE);
    }
}
