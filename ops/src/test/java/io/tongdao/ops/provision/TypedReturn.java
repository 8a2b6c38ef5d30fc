package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.deliver.Delivery;
import io.tongdao.deliver.DeliveryFeed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A return of all types, written by hand: an epoch with these items and rows, a marker, a row that goes again. */
final class TypedReturn implements AutoCloseable {
    private static final String DONE = "!complete:person:0";

    /** One epoch: item → type, and the values of row {@code a}; a second row has none. */
    record Epoch(int number, Map<String, ItemType> items, Map<String, Object> values) {}

    static final Epoch FIRST = new Epoch(
            1,
            items(
                    "word", new ItemType.Text(20),
                    "prose", new ItemType.Text(4_000),
                    "born", new ItemType.Date(),
                    "seen", new ItemType.Timestamp(),
                    "big", new ItemType.BigInt(),
                    "flag", new ItemType.Bool(),
                    "amount", new ItemType.Decimal(18, 2)),
            Map.of(
                    "word",
                    "𠮷'\\\"",
                    "prose",
                    "长".repeat(300),
                    "born",
                    (int) LocalDate.of(1900, 1, 1).toEpochDay(),
                    "seen",
                    ChronoUnit.MICROS.between(
                            LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC),
                            LocalDateTime.of(1986, 5, 4, 0, 30, 0, 1_000)),
                    "big",
                    -9_007_199_254_740_993L,
                    "flag",
                    true,
                    "amount",
                    new BigDecimal("-12345678.90")));

    /** Items came and went, and one is of another kind. */
    static final Epoch SECOND = new Epoch(
            2,
            items("word", new ItemType.Text(900), "born", new ItemType.Int(), "added", new ItemType.Int()),
            Map.of("word", "二", "born", 1900, "added", 7));

    private final ReleaseRoom room;
    private final String name;
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final Delivery delivery;

    TypedReturn(ReleaseRoom room, Receiver receiver, String secret, Consumer<Throwable> bugs) {
        this.room = room;
        this.name = "typed." + receiver.name() + ".e";
        this.delivery =
                Delivery.start(room.broker.adminSettings(), new WireFormat(registry), receiver, () -> secret, bugs);
    }

    void release(Epoch epoch) throws Exception {
        String topic = name + epoch.number();
        Schema schema = schema(epoch);
        registry.register(topic + "-value", new AvroSchema(schema));
        try (Admin admin = Admin.create(room.broker.adminSettings())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        Map<String, DeliveryFeed.Item> items = new LinkedHashMap<>();
        epoch.items().forEach((item, type) -> items.put(item, new DeliveryFeed.Item("名称 " + item, type)));
        delivery.follow(Set.of(new DeliveryFeed(
                "all-types", "all_types", "base.population", topic, epoch.number(), schema, items, Set.of(DONE))));
        WireFormat.Writer writer = new WireFormat(registry).writer(topic + "-value", schema);
        try (var producer = new KafkaProducer<>(
                room.broker.adminSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            send(producer, topic, "gone", writer.encode(row(schema, epoch.values())));
            send(producer, topic, "a", writer.encode(row(schema, epoch.values())));
            if (epoch.number() == 1) {
                send(producer, topic, "empty", writer.encode(row(schema, Map.of())));
            }
            send(producer, topic, "gone", null);
            send(producer, topic, DONE, new byte[0]);
        }
    }

    /** Records of the first epoch that are in the database, its marker left out. */
    long delivered() {
        return delivery.status().stream()
                .mapToLong(one -> Math.max(0, one.written() - 1))
                .sum();
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
    }

    private static GenericRecord row(Schema schema, Map<String, Object> values) {
        GenericRecord row = new GenericData.Record(schema);
        values.forEach(row::put);
        row.put(GrantPlan.DISPUTED, List.of("word"));
        row.put(GrantPlan.WITHHELD, List.of());
        return row;
    }

    private static Schema schema(Epoch epoch) {
        List<Schema.Field> fields = new ArrayList<>();
        epoch.items()
                .forEach((item, type) -> fields.add(new Schema.Field(
                        item,
                        Schema.createUnion(Schema.create(Schema.Type.NULL), type.avro()),
                        null,
                        Schema.Field.NULL_DEFAULT_VALUE)));
        for (String list : List.of(GrantPlan.DISPUTED, GrantPlan.WITHHELD)) {
            fields.add(new Schema.Field(list, Schema.createArray(Schema.create(Schema.Type.STRING)), null, List.of()));
        }
        return Schema.createRecord("all_types", null, "io.tongdao.test", false, fields);
    }

    private static Map<String, ItemType> items(Object... pairs) {
        Map<String, ItemType> items = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            items.put((String) pairs[i], (ItemType) pairs[i + 1]);
        }
        return items;
    }

    @Override
    public void close() {
        delivery.close();
    }
}
