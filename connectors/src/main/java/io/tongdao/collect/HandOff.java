package io.tongdao.collect;

import io.tongdao.contract.topic.Policy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to Kafka, idempotent and acknowledged by all replicas. What was sent is safe only once {@link #flush}, or its
 * {@link Round}'s {@link Round#await}, has returned: they check every record, since a client may give one up without an exception where it
 * was sent.
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
        refuse(failed.getAndSet(null));
    }

    private static void refuse(@Nullable Exception e) {
        if (e != null) {
            throw new CollectException(
                    "Kafka did not take a record: " + e.getClass().getSimpleName());
        }
    }

    /** Records that are waited for together, while those of the next round are sent. Sent and awaited by one thread. */
    final class Round implements Callback {
        private final AtomicInteger open = new AtomicInteger(1);
        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

        void send(
                String topic,
                @Nullable Integer partition,
                byte[] key,
                byte @Nullable [] value,
                @Nullable Iterable<Header> headers) {
            open.incrementAndGet();
            var unused = producer.send(new ProducerRecord<>(topic, partition, key, value, headers), this);
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata where, @Nullable Exception e) {
            if (e != null) {
                refused.compareAndSet(null, e);
            }
            if (open.decrementAndGet() == 0) {
                done.countDown();
            }
        }

        /** Nothing waits for more to go along. */
        void hurry() {
            producer.flush();
        }

        /**
         * Once, after the last.
         *
         * @throws CollectException if any record was not acknowledged
         */
        void await() throws InterruptedException {
            onCompletion(null, null);
            done.await();
            refuse(refused.get());
        }
    }

    Round round() {
        return new Round();
    }

    @Override
    public void close() {
        producer.close(CLOSE_WAIT);
    }
}
