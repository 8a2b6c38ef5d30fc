package io.tongdao.ops.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.grant.FileOrder;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The newest order of each grant, followed in {@code ctl.files}. For one thread, but for {@link #wakeup}. */
final class FileOrders implements AutoCloseable {
    private static final TopicPartition TOPIC = new TopicPartition(Names.FILE_ORDERS, 0);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, FileOrder> newest = new ConcurrentHashMap<>();

    /** @param client how to reach the cluster as who may read the topic */
    FileOrders(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(TOPIC));
        consumer.seekToBeginning(List.of(TOPIC));
    }

    /** Takes what comes within this time. */
    void follow(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            String grant = new String(record.key(), UTF_8);
            if (record.value() == null) {
                newest.remove(grant);
            } else {
                newest.put(grant, FileOrder.FORMAT.decode(record.value()));
            }
        }
    }

    /** As of when files of this epoch are wanted; null: they were not ordered. */
    @Nullable
    Instant of(Grant grant) {
        FileOrder order = newest.get(grant.id());
        return order == null || order.epoch() != grant.epoch() ? null : order.at();
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
