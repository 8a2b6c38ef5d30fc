package io.tongdao.collect;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Pos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Hands files' records to Kafka, one transaction a file: whoever reads committed records sees a file whole or not at all. There is one for
 * each inbox: whoever opens it ends the other's, and what that one had not committed is gone.
 */
final class FileOutbox implements AutoCloseable {
    /** The longest that a broker lets a transaction last by default. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private final KafkaProducer<byte[], byte[]> producer;

    /** @throws org.apache.kafka.common.KafkaException if Kafka does not answer */
    FileOutbox(Map<String, Object> kafka, String inbox) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "collect-files-" + inbox);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, CollectTopics.PREFIX + "files." + inbox);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST.toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, HandOff.BATCH_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Policy.MAX_MESSAGE_BYTES);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        boolean begun = false;
        try {
            producer.initTransactions();
            begun = true;
        } finally {
            if (!begun) {
                producer.close(Duration.ZERO);
            }
        }
    }

    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    void begin() {
        producer.beginTransaction();
    }

    /** All that was sent, and the load that says so. */
    void commit(FileLoad load) {
        send(CollectTopics.LOADS.name(), 0, load.key(), load.bytes(), List.of());
        producer.commitTransaction();
    }

    void abort() {
        producer.abortTransaction();
    }

    void send(String topic, int partition, byte[] key, byte @Nullable [] value, Iterable<Header> headers) {
        // A record that Kafka does not take makes the commit fail.
        var unused = producer.send(new ProducerRecord<>(topic, partition, key, value, headers));
    }

    /** The headers of all records (lineage). */
    static List<Header> headers(String dataset, Pos pos, @Nullable Instant at, Lineage.Op op, byte[] row) {
        List<Header> headers = new ArrayList<>(5);
        headers.add(new RecordHeader(Lineage.POS, pos.bytes()));
        if (at != null) {
            headers.add(new RecordHeader(Lineage.AT, Lineage.at(at)));
        }
        headers.add(new RecordHeader(Lineage.OP, op.bytes()));
        headers.add(new RecordHeader(Lineage.DATASET, dataset.getBytes(StandardCharsets.UTF_8)));
        headers.add(new RecordHeader(Lineage.ROW, row));
        return headers;
    }

    @Override
    public void close() {
        producer.close(CLOSE_WAIT);
    }
}
