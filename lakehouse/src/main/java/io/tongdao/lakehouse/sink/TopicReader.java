package io.tongdao.lakehouse.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topics of all open feeds with one consumer, each from its table's offsets. Used by one thread, but for {@link #wakeup}. */
final class TopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param kafka bootstrap servers and security */
    TopicReader(Map<String, Object> kafka) {
        consumer = new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        var all = new HashMap<>(kafka);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(16 << 20));
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(4 << 20));
        all.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "lake-sink");
        return all;
    }

    /** Brings the assignment to the open tasks; one that was opened anew is read on from where its table stands. */
    void assign(Collection<FeedTask> tasks) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        tasks.stream().filter(FeedTask::isOpen).forEach(task -> positions.putAll(task.positions()));
        if (!consumer.assignment().equals(positions.keySet())) {
            consumer.assign(positions.keySet());
        }
        for (FeedTask task : tasks) {
            if (task.takeSeek()) {
                task.positions().forEach(this::seek);
            }
        }
    }

    private void seek(TopicPartition partition, long offset) {
        if (offset == 0) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, offset);
        }
    }

    boolean isIdle() {
        return consumer.assignment().isEmpty();
    }

    /** Hands what comes within {@code wait} to its tasks. A task whose topic can't be read is stopped. */
    void read(Collection<FeedTask> tasks, Duration wait) {
        ConsumerRecords<byte[], byte[]> records = poll(tasks, wait);
        Map<String, FeedTask> byTopic = tasks.stream()
                .filter(FeedTask::isOpen)
                .collect(Collectors.toMap(task -> task.feed().topic(), task -> task));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            FeedTask task = byTopic.get(record.topic());
            if (task != null) {
                task.add(record);
            }
        }
        for (TopicPartition partition : consumer.assignment()) {
            FeedTask task = byTopic.get(partition.topic());
            if (task != null) {
                advance(task, partition);
            }
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Collection<FeedTask> tasks, Duration wait) {
        try {
            return consumer.poll(wait);
        } catch (OffsetOutOfRangeException e) {
            Set<String> topics = e.offsetOutOfRangePartitions().keySet().stream()
                    .map(TopicPartition::topic)
                    .collect(Collectors.toSet());
            stop(tasks, topics, "OFFSETS_GONE: the topic no longer holds the table's offsets");
        } catch (TopicAuthorizationException e) {
            stop(tasks, e.unauthorizedTopics(), "the broker does not let this sink read the topic");
        }
        return ConsumerRecords.empty();
    }

    private static void stop(Collection<FeedTask> tasks, Set<String> topics, String reason) {
        tasks.stream().filter(task -> topics.contains(task.feed().topic())).forEach(task -> task.stop(reason));
    }

    private void advance(FeedTask task, TopicPartition partition) {
        try {
            long position = consumer.position(partition, Duration.ZERO);
            task.advance(partition.partition(), position, consumer.currentLag(partition));
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            LOG.debug("{} has no position yet", partition);
        }
    }

    /** Ends a {@link #read} that waits, from any thread, with a {@code WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
