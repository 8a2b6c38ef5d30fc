package io.tongdao.collect;

import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@code ctl.collect}. For one thread. */
final class CollectOrders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CollectOrders.class);
    private static final TopicPartition TOPIC = new TopicPartition(Names.ORDERS, 0);
    private static final Duration WAIT = Duration.ofMillis(100);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Long> heals = new HashMap<>();
    private final Map<String, Long> resnapshots = new HashMap<>();
    private final Map<String, Map<String, String>> retries = new HashMap<>();
    private final Map<String, Long> retried = new HashMap<>();

    CollectOrders(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(TOPIC));
        consumer.seekToBeginning(List.of(TOPIC));
    }

    /** Reads to the topic's present end. */
    void toEnd() {
        long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
        while (consumer.position(TOPIC) < end) {
            poll();
        }
    }

    /** Reads what has come. */
    void poll() {
        consumer.poll(WAIT).forEach(this::note);
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            CollectOrder order = CollectOrder.parse(record.value());
            Map<String, Long> orders = switch (order.kind()) {
                case HEAL -> heals;
                case RESNAPSHOT -> resnapshots;
                case RETRY -> retried;
            };
            orders.put(order.target(), record.offset() + 1);
            Map<String, String> rows = order.rows();
            if (rows != null) {
                retries.put(order.target(), rows);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("an order in {} can't be read and is left alone: {}", Names.ORDERS, e.getMessage());
        }
    }

    /** The offset after the newest order to heal the connection, 0 if there was none. */
    long heal(String connection) {
        return heals.getOrDefault(connection, 0L);
    }

    /** The offset after the newest order to read the dataset's table again, 0 if there was none. */
    long resnapshot(String dataset) {
        return resnapshots.getOrDefault(dataset, 0L);
    }

    /** The offset after the newest order to fetch rows of any of the datasets again, 0 if there was none. */
    long retry(Collection<String> datasets) {
        return datasets.stream()
                .mapToLong(dataset -> retried.getOrDefault(dataset, 0L))
                .max()
                .orElse(0);
    }

    /** The rows that the newest order for each dataset wants fetched again: dataset → row → position of its reject. */
    Map<String, Map<String, String>> retries() {
        return Map.copyOf(retries);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
