package io.tongdao.ops.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version is made of what was committed up to its end, and only where the grant's backfill is known to be all there. */
class EpochTopicIT {
    private static final Instant NOW = Instant.parse("2026-12-01T02:00:00Z");

    @TempDir
    private Path dir;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final WireFormat wire = new WireFormat(registry);
    private FileMaking making;
    private GrantPlan plan;
    private Map<String, Object> client;

    @Test
    void aVersionIsWhatIsCommittedOnceAllMarkersAreThere() throws Exception {
        DataDirectory data = DataDirectory.open(dir.resolve("data"));
        Making made = new Making(data, false);
        plan = made.plan();
        making = made.of(new FileShelf(data));
        registry.register(
                plan.topic().name() + "-value", new AvroSchema(plan.topic().schema()));
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"));
                Admin admin = Admin.create(broker.adminSettings());
                KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            client = broker.adminSettings();
            admin.createTopics(List.of(new NewTopic(plan.topic().name(), 1, (short) 1)))
                    .all()
                    .get();
            producer.initTransactions();

            // rows without the markers of all tasks
            committed(producer, "t1:b", "李*", "t1:a", "张*", "t1:c", "王*", "!complete:person:0", null);
            refused(Map.of(), "the grant is still being filled");
            refused(said(Ack.State.BACKFILLED, Duration.ofMinutes(59)), "the grant is still being filled");
            refused(said(Ack.State.STARTED, Duration.ofHours(9)), "the grant is still being filled");

            // markers that compaction took: the acknowledgement is old enough
            assertThat(version(said(Ack.State.BACKFILLED, Duration.ofMinutes(61))))
                    .containsExactly("t1:a,张*", "t1:b,李*", "t1:c,王*");

            // changes, a deletion, what was never committed, what is not committed yet
            committed(producer, "!complete:person:1", null, "t1:b", null, "t1:a", "章*");
            producer.beginTransaction();
            send(producer, "t1:aborted", "假*");
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, "t1:open", "未*");
            producer.flush();
            assertThat(version(Map.of())).containsExactly("t1:a,章*", "t1:c,王*");
            producer.commitTransaction();
            assertThat(version(Map.of())).containsExactly("t1:a,章*", "t1:c,王*", "t1:open,未*");

            // cut while it is read
            assertThatThrownBy(() -> making.make(rows(Map.of(), () -> false), NOW, () -> false))
                    .isInstanceOf(EpochTopic.NotYet.class)
                    .hasMessage("the grant no longer flows");
        }
    }

    /** What the task of the second partition said last, and how long ago. */
    private static Map<String, Ack> said(Ack.State state, Duration ago) {
        Ack ack = new Ack("yb-files", 1, "person", 1, state, 0, "", NOW.minus(ago));
        return Map.of(new String(ack.key(), UTF_8), ack);
    }

    private void refused(Map<String, Ack> acks, String why) {
        assertThatThrownBy(() -> making.make(rows(acks, () -> true), NOW, () -> true))
                .isInstanceOf(EpochTopic.NotYet.class)
                .hasMessage(why);
    }

    private List<String> version(Map<String, Ack> acks) throws IOException, InterruptedException {
        FileVersion version = making.make(rows(acks, () -> true), NOW, () -> true);
        List<String> lines = Files.readAllLines(version.data());
        assertThat(version.manifest().rows()).isEqualTo(lines.size() - 1);
        return lines.stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
                .toList();
    }

    private FileMaking.Rows rows(Map<String, Ack> acks, FileMaking.Wanted wanted) {
        return table -> new EpochTopic(client, plan).into(table, wire, acks, NOW, wanted::still);
    }

    /** Keys and names by turns; no name: the row is gone. */
    private void committed(KafkaProducer<byte[], byte[]> producer, @Nullable String... keysAndNames) {
        producer.beginTransaction();
        for (int i = 0; i < keysAndNames.length; i += 2) {
            send(producer, String.valueOf(keysAndNames[i]), keysAndNames[i + 1]);
        }
        producer.commitTransaction();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String key, @Nullable String name) {
        byte[] value = null;
        if (name != null) {
            GenericData.Record row = new GenericData.Record(plan.topic().schema());
            row.put("full_name", name);
            row.put(GrantPlan.DISPUTED, List.of());
            row.put(GrantPlan.WITHHELD, List.of("birth_date"));
            value = wire.writer(plan.topic().name() + "-value", plan.topic().schema())
                    .encode(row);
        }
        producer.send(new ProducerRecord<>(plan.topic().name(), 0, key.getBytes(UTF_8), value));
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
        Map<String, Object> settings = new HashMap<>(broker.adminSettings());
        settings.put("transactional.id", "test");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
