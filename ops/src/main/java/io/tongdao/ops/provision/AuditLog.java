package io.tongdao.ops.provision;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A record of use (留痕, art. 35) in a topic {@code audit.*}, which only grows. Safe for use by many threads. */
public final class AuditLog<T> implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(100);
    private final Map<String, Object> client;
    private final TopicPartition whole;
    private final JsonFormat<T> format;
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param client how to reach the cluster as who may write and read the topic */
    public AuditLog(Map<String, Object> client, String topic, JsonFormat<T> format) {
        this.client = Map.copyOf(client);
        this.whole = new TopicPartition(topic, 0);
        this.format = format;
        Map<String, Object> writing = new HashMap<>(client);
        writing.putAll(Map.of(
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                0,
                "max.block.ms",
                5_000,
                "delivery.timeout.ms",
                10_000));
        writing.put("request.timeout.ms", 5_000);
        this.producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Returns when all replicas have it.
     *
     * @throws ProvisionFailed if it could not be written: then what it is about may not be done
     */
    public void append(byte[] key, Instant at, T one) {
        try {
            Future<?> sent =
                    producer.send(new ProducerRecord<>(whole.topic(), 0, at.toEpochMilli(), key, format.encode(one)));
            sent.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | KafkaException e) {
            throw new ProvisionFailed("nothing could be put on record in " + whole.topic(), e);
        }
    }

    /** Gives what stands there from an instant on, in its order. */
    public void since(Instant from, Consumer<T> each) {
        Map<String, Object> reading = new HashMap<>(client);
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "enable.auto.commit", false, "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = List.of(whole);
            consumer.assign(parts);
            long end = consumer.endOffsets(parts).getOrDefault(whole, 0L);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(whole, Math.max(0, from.toEpochMilli())))
                    .get(whole);
            consumer.seek(whole, first == null ? end : first.offset());
            while (consumer.position(whole) < end) {
                consumer.poll(WAIT).forEach(record -> each.accept(format.decode(record.value())));
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
