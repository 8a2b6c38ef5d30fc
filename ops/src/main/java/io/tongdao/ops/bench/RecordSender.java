package io.tongdao.ops.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records in order, each once. */
final class RecordSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failed = new AtomicReference<>();

    /** @param linger in milliseconds: long for throughput, 0 for those that are waited for */
    RecordSender(Map<String, Object> kafka, int linger) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "compression.type", "lz4"));
        settings.putAll(Map.of("linger.ms", linger, "batch.size", 128 * 1024, "buffer.memory", 32L << 20));
        // Batches behind the first one on a topic that was just made would come back out of order.
        settings.put("max.in.flight.requests.per.connection", 1);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (done, e) -> {
            if (e != null) {
                failed.compareAndSet(null, e);
            }
        });
    }

    /** Returns when all that was sent is on its topics. */
    void flush() {
        producer.flush();
        Exception e = failed.get();
        if (e != null) {
            throw new BenchFailed("Kafka did not take a record", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
