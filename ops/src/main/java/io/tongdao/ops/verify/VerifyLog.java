package io.tongdao.ops.verify;

import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.Verification;
import java.nio.charset.StandardCharsets;
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

/** The record of verifications (留痕): {@code audit.verification} only grows. Safe for use by many threads. */
public final class VerifyLog implements AutoCloseable {
    private static final TopicPartition WHOLE = new TopicPartition(Names.VERIFICATIONS, 0);
    private static final Duration WAIT = Duration.ofMillis(100);
    private final Map<String, Object> client;
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param client how to reach the cluster as {@link io.tongdao.ops.provision.Principals#API} */
    public VerifyLog(Map<String, Object> client) {
        this.client = Map.copyOf(client);
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
     * @throws VerifyRefused if it could not be written: then nothing may be told
     */
    void append(Verification one) {
        byte[] key = one.subject().getBytes(StandardCharsets.UTF_8);
        Future<?> sent = producer.send(new ProducerRecord<>(
                Names.VERIFICATIONS, 0, one.at().toEpochMilli(), key, Verification.FORMAT.encode(one)));
        try {
            sent.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | KafkaException e) {
            throw new VerifyRefused(
                    VerifyRefused.Why.UNAVAILABLE,
                    "the verification could not be put on record, so nothing is told",
                    e);
        }
    }

    /** Gives what stands there from an instant on, in its order. */
    void since(Instant from, Consumer<Verification> each) {
        Map<String, Object> reading = new HashMap<>(client);
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "enable.auto.commit", false, "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = List.of(WHOLE);
            consumer.assign(parts);
            long end = consumer.endOffsets(parts).getOrDefault(WHOLE, 0L);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(WHOLE, Math.max(0, from.toEpochMilli())))
                    .get(WHOLE);
            consumer.seek(WHOLE, first == null ? end : first.offset());
            while (consumer.position(WHOLE) < end) {
                consumer.poll(WAIT).forEach(record -> each.accept(Verification.FORMAT.decode(record.value())));
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
