package io.tongdao.runtime;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * A stage's clients: Kafka's own; those of each stream thread tell its {@link Pace} what waits and how long commits take.
 *
 * @param shared the least time between commits that are asked for
 */
record PacedClients(Duration shared) implements KafkaClientSupplier {

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new Timed(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new Paced(config, new Pace(shared));
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return getGlobalConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Kafka Streams commits by a flush for each task, the offsets, and the end of the transaction. */
    private static final class Timed extends KafkaProducer<byte[], byte[]> {
        Timed(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void flush() {
            Pace pace = Pace.ofThread();
            if (pace != null) {
                pace.committing(System.nanoTime());
            }
            super.flush();
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            Pace pace = Pace.ofThread();
            if (pace != null) {
                pace.committed(System.nanoTime());
            }
        }
    }

    private static final class Paced extends KafkaConsumer<byte[], byte[]> {
        private final Pace pace;

        Paced(Map<String, Object> config, Pace pace) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.pace = pace;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> records =
                    super.poll(pace.catchingUp(System.nanoTime()) ? Duration.ZERO : timeout);
            pace.polled(waiting(), System.nanoTime());
            return records;
        }

        private long waiting() {
            long waiting = 0;
            for (TopicPartition partition : assignment()) {
                waiting += currentLag(partition).orElse(0);
            }
            return waiting;
        }
    }
}
