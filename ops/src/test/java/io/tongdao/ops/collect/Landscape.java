package io.tongdao.ops.collect;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.collect.CollectOrder;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.CollectTopics;
import io.tongdao.collect.Collector;
import io.tongdao.collect.Reject;
import io.tongdao.collect.SchemaFlag;
import io.tongdao.collect.SourceState;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import io.tongdao.ops.embedded.AgencyMariaDb;
import io.tongdao.ops.embedded.AgencyPostgres;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.EmbeddedBroker;
import io.tongdao.ops.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Broker, registry and agency databases for collection tests, with what the provisioner would make. */
final class Landscape implements AutoCloseable {
    static final byte[] DIGEST_KEY = "a digest key for tests only".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private final DataDirectory data;
    final EmbeddedBroker broker;
    final SchemaRegistryClient registry;
    private final Map<Source.Engine, AgencyServer> servers = new EnumMap<>(Source.Engine.class);
    private final EmbeddedRegistry registryServer;
    private final List<Collector> collectors = new ArrayList<>();

    /** With the embedded database servers. */
    Landscape(Path dir) throws Exception {
        this(DataDirectory.open(dir));
        serve(new AgencyServer.EmbeddedPostgres(AgencyPostgres.start(data)));
        serve(new AgencyServer.EmbeddedMariaDb(AgencyMariaDb.start(data)));
    }

    Landscape(Path dir, AgencyServer server) throws Exception {
        this(DataDirectory.open(dir));
        serve(server);
    }

    private Landscape(DataDirectory data) throws Exception {
        this.data = data;
        broker = EmbeddedBroker.start(data);
        registryServer = EmbeddedRegistry.start(data);
        registry = new CachedSchemaRegistryClient(registryServer.url(), 100);
    }

    /** A fresh database with its own connection; the name serves as agency, database and connection. */
    Source source(Source.Engine engine, String name) throws SQLException {
        AgencyServer server = server(engine);
        server.createDatabase(name);
        return new Source(name, name, engine, server.host(), server.port(), name, server.user(), engine.name());
    }

    private void serve(AgencyServer server) {
        servers.put(server.engine(), server);
    }

    private AgencyServer server(Source.Engine engine) {
        return Objects.requireNonNull(servers.get(engine), () -> "no server of " + engine.word() + " runs here");
    }

    Connection connect(Source source) throws SQLException {
        return server(source.engine()).connect(source.database());
    }

    void run(Source source, String... statements) throws SQLException {
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void provision(Plan plan) throws Exception {
        List<Topic> topics = new ArrayList<>(plan.topics());
        topics.addAll(CollectTopics.of(plan));
        create(topics);
        for (Topic topic : topics) {
            if (topic.value() != null) {
                registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
            }
        }
    }

    void create(List<Topic> wanted) throws Exception {
        List<Topic> topics = new ArrayList<>(wanted);
        try (Admin admin = Admin.create(broker.adminSettings())) {
            Set<String> there = admin.listTopics().names().get();
            topics.removeIf(t -> there.contains(t.name()));
            admin.createTopics(topics.stream()
                            .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1)
                                    .configs(t.policy().settings()))
                            .toList())
                    .all()
                    .get();
        }
    }

    CollectSettings settings() {
        return CollectSettings.of(broker.adminSettings(), registry, this::secret, DIGEST_KEY);
    }

    String secret(String reference) {
        return server(Source.Engine.valueOf(reference)).password();
    }

    String registryUrl() {
        return registryServer.url();
    }

    /** Places an order as the desk does. */
    void order(CollectOrder.Kind kind, String target) throws Exception {
        CollectOrder order = new CollectOrder(kind, target, "test", java.time.Instant.now());
        try (var producer = new org.apache.kafka.clients.producer.KafkaProducer<>(
                broker.adminSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Names.ORDERS, order.key(), order.bytes()))
                    .get();
        }
    }

    /** What was told of a dataset's table; null: nothing. */
    @Nullable
    SchemaFlag shape(String dataset) {
        var entry = view(new Topic(Names.SCHEMA_CHANGES, 1, Policy.CONTROL, null))
                .latest()
                .get(dataset);
        return entry == null ? null : SchemaFlag.parse(entry.value());
    }

    Collector collect(Plan plan, Source source) {
        return collect(plan, source, settings());
    }

    Collector collect(Plan plan, Source source, CollectSettings settings) {
        Collector collector = Collector.start(plan, source, settings);
        collectors.add(collector);
        return collector;
    }

    /** What broke the collections that run. */
    List<String> breaks() {
        return collectors.stream()
                .map(Collector::status)
                .filter(status -> status.breaks() > 0)
                .map(status -> status.connection() + ": " + status.broken())
                .toList();
    }

    TopicView view(Topic topic) {
        return TopicView.read(broker.adminSettings(), registry, topic);
    }

    boolean streaming(String dataset) {
        var entry =
                view(new Topic(Names.SOURCES, 1, Policy.CONTROL, null)).latest().get(dataset);
        return entry != null && SourceState.parse(entry.value()).state() == SourceState.State.STREAMING;
    }

    /** Rejects in force of the datasets whose ids begin so. */
    List<Reject> rejects(String prefix) {
        return view(new Topic(Names.REJECTS, 1, Policy.CONTROL, null)).latest().entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .map(e -> Reject.parse(e.getValue().value()))
                .toList();
    }

    void closeCollectors() {
        collectors.forEach(Collector::close);
        collectors.clear();
    }

    @Override
    public void close() {
        closeCollectors();
        broker.close();
        registryServer.close();
        servers.values().forEach(AgencyServer::close);
    }
}
