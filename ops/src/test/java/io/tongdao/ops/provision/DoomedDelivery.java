package io.tongdao.ops.provision;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.deliver.Deliveries;
import io.tongdao.deliver.Delivery;
import io.tongdao.deliver.DeliveryFeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Deliveries in a process of their own, to be killed. It says {@code busy} by a file once rows have been written. */
public final class DoomedDelivery {
    private DoomedDelivery() {}

    static Process start(Path dir, ReleaseRoom room, String secret) throws Exception {
        Properties told = new Properties();
        room.client(Principals.DELIVER).forEach((name, value) -> told.setProperty("kafka." + name, value.toString()));
        told.setProperty("secret", secret);
        told.setProperty("busy", busyFile(dir).toString());
        room.addresses().forEach((name, value) -> told.setProperty("address." + name, value));
        for (Grant grant : room.desk.list().values()) {
            Path file = Files.write(dir.resolve(grant.id() + ".grant"), GrantCodec.GRANT.encode(grant));
            told.setProperty("grant." + grant.id(), file.toString());
            String subject = GrantPlan.compile(room.plan, grant).topic().valueSubject();
            told.setProperty("schema." + grant.id(), Integer.toString(room.schemaId(subject)));
        }
        Path file = dir.resolve("deliveries.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            told.store(out, null);
        }
        Files.deleteIfExists(busyFile(dir));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.timezone=UTC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DoomedDelivery.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve("deliveries.log").toFile()))
                .start();
    }

    static boolean busy(Path dir) {
        return Files.exists(busyFile(dir));
    }

    private static Path busyFile(Path dir) {
        return dir.resolve("deliveries.busy");
    }

    public static void main(String[] args) throws Exception {
        Properties told = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            told.load(in);
        }
        Plan plan = ReleaseRoom.plan(part(told, "address."));
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        Map<Receiver, Set<DeliveryFeed>> feeds = new HashMap<>();
        for (String id : part(told, "grant.").keySet()) {
            Grant grant = GrantCodec.GRANT.decode(Files.readAllBytes(Path.of(told.getProperty("grant." + id))));
            GrantPlan compiled = GrantPlan.compile(plan, grant);
            registry.register(
                    compiled.topic().valueSubject(),
                    new AvroSchema(compiled.topic().schema()),
                    0,
                    Integer.parseInt(told.getProperty("schema." + id)));
            feeds.computeIfAbsent(plan.receiver(grant.consumer()).orElseThrow(), r -> new HashSet<>())
                    .add(DeliveryFeed.of(compiled));
        }
        Map<String, Object> kafka = new HashMap<>(part(told, "kafka."));
        String secret = told.getProperty("secret");
        try (Deliveries deliveries = new Deliveries(receiver ->
                Delivery.start(kafka, new WireFormat(registry), receiver, () -> secret, Throwable::printStackTrace))) {
            deliveries.follow(feeds);
            while (deliveries.status().stream().noneMatch(one -> one.written() > 0)) {
                Thread.sleep(5);
            }
            say(Path.of(told.getProperty("busy")));
            Thread.sleep(60_000);
        }
    }

    private static void say(Path busy) throws IOException {
        Files.createFile(busy);
    }

    private static Map<String, String> part(Properties told, String prefix) {
        Map<String, String> some = new HashMap<>();
        told.stringPropertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> some.put(name.substring(prefix.length()), told.getProperty(name)));
        return some;
    }
}
