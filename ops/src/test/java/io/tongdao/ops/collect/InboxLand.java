package io.tongdao.ops.collect;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.collect.CollectFailure;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.CollectTopics;
import io.tongdao.collect.FileCollector;
import io.tongdao.collect.FileSettings;
import io.tongdao.collect.FileStatus;
import io.tongdao.collect.Reject;
import io.tongdao.collect.files.DropCheck;
import io.tongdao.contract.catalogue.CatalogueLoader;
import io.tongdao.contract.catalogue.CatalogueLoader.Loaded;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Topic;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.EmbeddedBroker;
import io.tongdao.ops.embedded.EmbeddedRegistry;
import io.tongdao.ops.provision.TopicContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Broker, registry and an agency's inbox, by the sample's catalogue and YAML files for one more agency: nothing else knows of it. */
final class InboxLand implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    static final Path CATALOGUE = Path.of("catalogue");
    private static final Path ADDITION = Path.of("src/test/resources/files-agency");
    final Path inbox;
    final EmbeddedBroker broker;
    final SchemaRegistryClient registry;
    final Plan plan;
    final Queue<CollectFailure> failures = new ConcurrentLinkedQueue<>();
    private final Path dir;
    private final EmbeddedRegistry registryServer;
    private final List<FileCollector> collectors = new ArrayList<>();

    InboxLand(Path dir) throws Exception {
        this.dir = dir;
        this.inbox = Files.createDirectories(dir.resolve("inboxes/cl"));
        Path catalogue = dir.resolve("catalogue");
        copy(CATALOGUE, catalogue);
        copy(ADDITION, catalogue);
        this.plan = plan(dir);
        DataDirectory data = DataDirectory.open(dir.resolve("data"));
        this.broker = EmbeddedBroker.start(data);
        this.registryServer = EmbeddedRegistry.start(data);
        this.registry = new CachedSchemaRegistryClient(registryServer.url(), 100);
        provision();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** The catalogue in a directory, compiled as {@code tongdao check} does. */
    static Plan plan(Path dir) {
        Map<String, String> variables = new TreeMap<>();
        for (String name : List.of("postgresql.host", "mariadb.host", "secrets")) {
            variables.put(name, "nowhere");
        }
        variables.put("postgresql.port", "1");
        variables.put("mariadb.port", "1");
        variables.put("inboxes", dir.resolve("inboxes").toString());
        return switch (CatalogueLoader.load(dir.resolve("catalogue"), variables)) {
            case Loaded.Whole whole -> PlanCompiler.compile(whole.catalogue());
            case Loaded.Refused refused -> throw new CatalogueRefused(refused.problems());
        };
    }

    private void provision() throws Exception {
        List<Topic> topics = new ArrayList<>(plan.topics());
        topics.addAll(CollectTopics.of(plan));
        try (Admin admin = Admin.create(broker.adminSettings())) {
            admin.createTopics(topics.stream()
                            .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1)
                                    .configs(t.policy().settings()))
                            .toList())
                    .all()
                    .get();
        }
        for (Topic topic : topics) {
            if (topic.value() != null && topic.name().startsWith("src.cl.")) {
                registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
            }
        }
    }

    static FileSettings settings(Map<String, Object> kafka, SchemaRegistryClient registry, Path scratch) {
        return new FileSettings(
                CollectSettings.of(kafka, registry, reference -> "", Landscape.DIGEST_KEY),
                scratch,
                Duration.ofMillis(100),
                new DropCheck(Duration.ofMillis(400), Duration.ofSeconds(3)));
    }

    FileCollector collect() {
        FileCollector collector = FileCollector.start(
                plan,
                plan.inboxes().get("cl-inbox"),
                settings(broker.adminSettings(), registry, dir.resolve("scratch")),
                failures::add);
        collectors.add(collector);
        return collector;
    }

    String registryUrl() {
        return registryServer.url();
    }

    Path dir() {
        return dir;
    }

    /** All records of a dataset's topic, whoever wrote them. */
    TopicView view(String dataset) {
        return TopicView.read(
                broker.adminSettings(), registry, plan.datasets().get(dataset).topic());
    }

    /** Key → items as text, of committed records. */
    Map<String, List<String>> held(String dataset, String... items) {
        Topic topic = plan.datasets().get(dataset).topic();
        WireFormat.Reader reader = new WireFormat(registry).reader(topic.schema());
        Map<String, List<String>> held = new TreeMap<>();
        TopicContent.read(broker.adminSettings(), topic.name()).forEach((key, value) -> {
            GenericRecord record = reader.decode(value);
            held.put(
                    key,
                    Stream.of(items)
                            .map(item -> String.valueOf(record.get(item)))
                            .toList());
        });
        return held;
    }

    List<Reject> rejects(String dataset) {
        return TopicContent.read(broker.adminSettings(), Names.REJECTS).values().stream()
                .map(Reject::parse)
                .filter(reject -> reject.dataset().equals(dataset))
                .toList();
    }

    /** Waits until the inbox holds nothing but what waits for something. */
    void awaitEmpty(FileCollector collector) {
        await().atMost(SOON).until(() -> {
            try (Stream<Path> files = Files.list(inbox)) {
                return files.noneMatch(Files::isRegularFile)
                        && status(collector, "").isEmpty();
            }
        });
    }

    /** Waits until no file lies in the inbox, whoever empties it. */
    void awaitGone() {
        await().atMost(SOON).until(() -> {
            try (Stream<Path> files = Files.list(inbox)) {
                return files.noneMatch(Files::isRegularFile);
            }
        });
    }

    static List<String> status(FileCollector collector, String prefix) {
        FileStatus status = collector.status();
        return status.waiting().stream().filter(line -> line.startsWith(prefix)).toList();
    }

    /** The texts of the files in a folder of the inbox whose names end so, by name. */
    Map<String, String> texts(String folder, String ending) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Path path = inbox.resolve(folder);
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(ending)).toList()) {
                    texts.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    JsonNode receipt(String dataset, long sequence) throws IOException {
        String prefix = "%s.%06d.".formatted(dataset, sequence);
        return new ObjectMapper()
                .readTree(texts("done", ".receipt.json").entrySet().stream()
                        .filter(e -> e.getKey().startsWith(prefix))
                        .findFirst()
                        .orElseThrow()
                        .getValue());
    }

    void closeCollectors() {
        collectors.forEach(FileCollector::close);
        collectors.clear();
    }

    @Override
    public void close() {
        closeCollectors();
        broker.close();
        registryServer.close();
    }
}
