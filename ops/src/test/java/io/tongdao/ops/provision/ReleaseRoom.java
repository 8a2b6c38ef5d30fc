package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.topic.Ver;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.EmbeddedBroker;
import io.tongdao.ops.embedded.Secret;
import io.tongdao.ops.keys.Pkcs12Keys;
import io.tongdao.ops.keys.TokenKeyStore;
import io.tongdao.release.ReleaseStage;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageFailure;
import io.tongdao.runtime.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A secured broker with the sample catalogue provisioned, and the release stage; golden records are written by hand. */
final class ReleaseRoom implements AutoCloseable {
    static final Path CATALOGUE = Path.of("../avro/src/test/resources/catalogue/four-agencies");
    final Plan plan;
    private final Map<String, String> addresses;
    final EmbeddedBroker broker;
    final GrantDesk desk;
    final List<StageFailure> failures = new CopyOnWriteArrayList<>();
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    final TokenKeyStore tokens;
    private final Passwords passwords;
    private final Path state;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> versions = new HashMap<>();
    private volatile Duration ahead = Duration.ZERO;
    private Provisioner provisioner;
    private Stage stage;

    ReleaseRoom(Path dir) {
        this(dir, Map.of());
    }

    /** @param addresses what the catalogue's variables stand for, besides those that are not asked for */
    ReleaseRoom(Path dir, Map<String, String> addresses) {
        this.addresses = Map.copyOf(addresses);
        plan = plan(addresses);
        DataDirectory data = DataDirectory.open(dir);
        state = data.state();
        tokens = Pkcs12Keys.create(
                data.secrets().resolve("token-keys.p12"), Secret.of("test"), InstantSource.system(), Map.of(), "test");
        tokens.ledger(() -> false);
        broker = EmbeddedBroker.start(data);
        passwords = Passwords.in(data);
        startProvisioner();
        desk = new GrantDesk(client(Principals.DECIDE), plan, InstantSource.system());
        producer = new KafkaProducer<>(broker.adminSettings(), new ByteArraySerializer(), new ByteArraySerializer());
        startStage();
    }

    void startProvisioner() {
        provisioner = new Provisioner(new Provisioner.Settings(
                broker.adminSettings(),
                plan,
                List.of(),
                registry,
                passwords,
                grant -> tokens.current(grant.consumer(), grant.purpose()),
                (short) 1,
                () -> Instant.now().plus(ahead)));
        provisioner.provisionPlan();
        provisioner.start();
    }

    /** Lets the provisioner's clock go ahead. */
    void later(Duration by) {
        ahead = by;
    }

    /** Writes a grant past the desk. */
    void smuggle(Grant grant) {
        producer.send(
                new ProducerRecord<>(Names.GRANTS, 0, grant.id().getBytes(UTF_8), GrantCodec.GRANT.encode(grant)));
        producer.flush();
    }

    void stopProvisioner() {
        provisioner.close();
    }

    void startStage() {
        Map<String, String> client = new HashMap<>();
        client(Principals.RELEASE).forEach((name, value) -> client.put(name, value.toString()));
        stage = Stage.start(
                ReleaseStage.of(plan, new WireFormat(registry), tokens),
                StreamsSettings.embedded(client, state),
                failures::add);
    }

    void stopStage() {
        stage.close();
    }

    boolean running() {
        return stage.status().state() == io.tongdao.runtime.StageStatus.State.RUNNING;
    }

    /** Whether the state of release holds all golden records written so far: a grant's fill ends with what the state held at its start. */
    boolean settled() {
        return running()
                && stage.status()
                                .lagByTopic()
                                .getOrDefault(plan.table("base.population").name(), 1L)
                        == 0;
    }

    Map<String, Object> client(String principal) {
        return broker.clientSettings(principal, passwords.of(principal).reveal());
    }

    /** A consumer of an agency, with the settings given. */
    KafkaConsumer<byte[], byte[]> consumer(String principal, Map<String, Object> settings) {
        Map<String, Object> all = client(principal);
        all.putAll(Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest", "group.id", principal));
        all.putAll(settings);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Writes a golden record, null items: its deletion. */
    void person(String id, @Nullable Map<String, Object> items) {
        Topic topic = plan.table("base.population");
        byte[] key = id.getBytes(UTF_8);
        RecordHeaders headers = new RecordHeaders();
        headers.add(Lineage.VER, new Ver(0, versions.merge(id, 1L, Long::sum)).bytes());
        int partition = SubjectKey.partition(key, topic.partitions());
        producer.send(new ProducerRecord<>(
                topic.name(), partition, null, key, items == null ? null : golden(topic, id, items), headers));
    }

    private byte[] golden(Topic topic, String id, Map<String, Object> items) {
        GenericRecord record = new GenericData.Record(topic.schema());
        record.put("citizen_id", id);
        items.forEach(record::put);
        record.put(BasePlan.SOURCES, Map.of());
        record.put(BasePlan.DISPUTED, List.of());
        return new WireFormat(registry)
                .writer(topic.valueSubject(), topic.schema())
                .encode(record);
    }

    void people(int count, String status) {
        for (int n = 0; n < count; n++) {
            person(
                    id(n),
                    Map.of(
                            "full_name",
                            "张三" + n,
                            "enrol_status",
                            status,
                            "hukou_division",
                            n % 2 == 0 ? "530102" : "530103"));
        }
        producer.flush();
    }

    static String id(int n) {
        return "5301021990%08d".formatted(n);
    }

    List<String> approved(String name) {
        return approved(CATALOGUE.resolve("grants/" + name + ".yaml"));
    }

    List<String> approved(Path file) {
        var grant = desk.file(file, "test");
        List<String> agencies = new ArrayList<>(desk.missingApprovals(grant));
        agencies.forEach(agency -> desk.approve(grant.id(), agency, "test"));
        return agencies;
    }

    static Plan plan(Map<String, String> addresses) {
        Map<String, String> all = new HashMap<>(Map.of(
                "postgresql.host",
                "none",
                "postgresql.port",
                "1",
                "mariadb.host",
                "none",
                "mariadb.port",
                "1",
                "secrets",
                "none"));
        all.putAll(addresses);
        return PlanCompiler.compile(Catalogue.load(CATALOGUE, all));
    }

    Map<String, String> addresses() {
        return addresses;
    }

    int schemaId(String subject) throws Exception {
        return registry.getLatestSchemaMetadata(subject).getId();
    }

    /** What a reader of committed records sees as the ends of the released topics. */
    Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = Admin.create(broker.adminSettings())) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            admin.listTopics().names().get().stream()
                    .filter(Principals::released)
                    .forEach(topic -> asked.put(new TopicPartition(topic, 0), OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .forEach((part, end) -> ends.put(part, end.offset()));
            return ends;
        }
    }

    WireFormat wire() {
        return new WireFormat(registry);
    }

    @Override
    public void close() {
        stage.close();
        provisioner.close();
        producer.close();
        broker.close();
    }
}
