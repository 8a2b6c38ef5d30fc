package io.tongdao.collect;

import io.tongdao.contract.topic.Policy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to Kafka, idempotent and acknowledged by all replicas. What was sent is safe only once {@link #flush} has returned:
 * it checks every record, since a client may give one up without an exception where it was sent.
 */
final class HandOff implements AutoCloseable {
    static final int BATCH_BYTES = 256 * 1024;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

    HandOff(Map<String, Object> kafka, String clientId) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L * 1024 * 1024);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Policy.MAX_MESSAGE_BYTES);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Waits until every partition of the topic has a leader: on a topic just made, early records could be lost. */
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    void send(
            String topic,
            @Nullable Integer partition,
            byte[] key,
            byte @Nullable [] value,
            @Nullable Iterable<Header> headers) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, key, value, headers), (done, e) -> {
            if (e != null) {
                failed.compareAndSet(null, e);
            }
        });
    }

    /** @throws CollectException if any record since the last flush was not acknowledged */
    void flush() {
        producer.flush();
        Exception e = failed.getAndSet(null);
        if (e != null) {
            throw new CollectException(
                    "Kafka did not take a record: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WAIT);
    }
}
