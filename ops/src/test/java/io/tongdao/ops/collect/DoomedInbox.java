package io.tongdao.ops.collect;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.collect.FileCollector;
import io.tongdao.contract.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The collector of an inbox in a process of its own, to be killed. */
public final class DoomedInbox {
    private DoomedInbox() {}

    static Process start(InboxLand land) throws IOException {
        Properties told = new Properties();
        land.broker.adminSettings().forEach((name, value) -> told.setProperty("kafka." + name, value.toString()));
        told.setProperty("registry", land.registryUrl());
        Path file = land.dir().resolve("doomed.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            told.store(out, null);
        }
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.timezone=UTC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DoomedInbox.class.getName(),
                        land.dir().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        land.dir().resolve("doomed.log").toFile()))
                .start();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path dir = Path.of(args[0]);
        Properties told = new Properties();
        try (InputStream in = Files.newInputStream(dir.resolve("doomed.properties"))) {
            told.load(in);
        }
        Map<String, Object> kafka = new HashMap<>();
        for (String name : told.stringPropertyNames()) {
            if (name.startsWith("kafka.")) {
                kafka.put(name.substring("kafka.".length()), told.getProperty(name));
            }
        }
        Plan plan = InboxLand.plan(dir);
        FileCollector.start(
                plan,
                plan.inboxes().get("cl-inbox"),
                InboxLand.settings(
                        kafka,
                        new CachedSchemaRegistryClient(told.getProperty("registry"), 100),
                        dir.resolve("scratch")),
                failure -> System.out.println(failure.line()));
        Thread.sleep(Long.MAX_VALUE);
    }
}
