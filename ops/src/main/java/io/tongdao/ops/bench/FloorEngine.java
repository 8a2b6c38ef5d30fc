package io.tongdao.ops.bench;

import io.debezium.data.Envelope.FieldName;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import io.tongdao.collect.ClusterConnector;
import io.tongdao.collect.CollectSettings;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The floor that collection is measured against: Debezium's own connector with our settings, its rows written to Kafka as they come, a
 * field after the other, with no check, no schema, no subject's key and no headers. The same batches, producer settings and commits.
 */
final class FloorEngine implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failed = new AtomicReference<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    private FloorEngine(String topic, Map<String, Object> kafka, Properties properties) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "compression.type", "lz4", "linger.ms", 5));
        settings.putAll(Map.of("batch.size", 256 * 1024, "buffer.memory", 32L << 20, "max.request.size", 4 << 20));
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using(OffsetCommitPolicy.always())
                .using((success, message, error) -> {
                    if (!success) {
                        System.err.println("floor stopped: " + error);
                    }
                })
                .notifying(this::batch)
                .build();
    }

    static FloorEngine start(Plan plan, Source source, CollectSettings settings) {
        String topic = plan.datasets().values().iterator().next().topic().name();
        FloorEngine floor = new FloorEngine(topic, settings.kafka(), properties(plan, source, settings));
        floor.executor.execute(floor.engine);
        return floor;
    }

    /** Ours, but for the connector's class and what only our task reads. */
    private static Properties properties(Plan plan, Source source, CollectSettings settings) {
        Properties properties = new Properties();
        ClusterConnector.config(plan, source, settings, new ClusterConnector.Cluster("", "", 1, 1))
                .forEach((name, value) -> {
                    if (!name.startsWith("tongdao.") && !name.contains("converter") && !name.startsWith("producer.")) {
                        properties.setProperty(name, value);
                    }
                });
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.KafkaOffsetBackingStore");
        properties.setProperty("offset.storage.topic", "collect." + source.name() + ".offsets");
        properties.setProperty("offset.storage.partitions", "1");
        properties.setProperty("offset.storage.replication.factor", "1");
        settings.kafka().forEach((name, value) -> properties.setProperty(name, value.toString()));
        return properties;
    }

    private void batch(
            List<RecordChangeEvent<SourceRecord>> batch, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        for (RecordChangeEvent<SourceRecord> event : batch) {
            if (event.record().value() instanceof Struct envelope
                    && event.record().key() instanceof Struct key) {
                if (envelope.schema().field(FieldName.AFTER) != null) {
                    send(binary(key), binary(envelope.getStruct(FieldName.AFTER)));
                }
            }
        }
        producer.flush();
        Exception e = failed.get();
        if (e != null) {
            throw new IllegalStateException("Kafka did not take a record", e);
        }
        committer.markProcessed(batch.getLast());
        committer.markBatchFinished();
    }

    private void send(byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value), (done, e) -> {
            if (e != null) {
                failed.compareAndSet(null, e);
            }
        });
    }

    private byte[] binary(Struct row) {
        bytes.reset();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            for (var field : row.schema().fields()) {
                switch (row.get(field)) {
                    case null -> out.writeByte(0);
                    case Long number -> out.writeLong(number);
                    case Integer number -> out.writeInt(number);
                    case Object other -> out.writeUTF(other.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        engine.close();
        executor.shutdown();
        executor.awaitTermination(30, TimeUnit.SECONDS);
        producer.close();
    }
}
