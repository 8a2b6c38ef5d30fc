package io.tongdao.deliver;

import io.tongdao.contract.serde.WireFormat;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Return flows (回流, art. 26) into a lower level's own database, exactly once: rows and offsets in one transaction of that
 * database. One thread per target; deletions included.
 */
public final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private final Map<String, Object> kafka;
    private final WireFormat wire;
    private final DeliveryTarget target;
    private final Consumer<Throwable> failed;
    private final DeliveryLedger ledger;
    private final Map<String, Long> delivered = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile Set<DeliveryFeed> wanted = Set.of();
    private volatile boolean running = true;

    private Delivery(Map<String, Object> kafka, WireFormat wire, DeliveryTarget target, Consumer<Throwable> failed) {
        this.kafka = kafka;
        this.wire = wire;
        this.target = target;
        this.failed = failed;
        this.ledger = new DeliveryLedger(target.schema());
        this.thread = Thread.ofPlatform().name("deliver-" + target.schema()).unstarted(this::run);
    }

    /** @param failed told of an error that ends the delivery; the message carries no value */
    public static Delivery start(
            Map<String, Object> kafka, WireFormat wire, DeliveryTarget target, Consumer<Throwable> failed) {
        Delivery delivery = new Delivery(kafka, wire, target, failed);
        delivery.thread.start();
        return delivery;
    }

    /** The feeds to deliver from now on; one that is gone leaves its table as it stands. */
    public void follow(Set<DeliveryFeed> feeds) {
        wanted = Set.copyOf(feeds);
    }

    /** Next offset by topic-partition: everything before it is committed in the receiving database. */
    public Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Whether everything before an end offset has been taken; transaction markers count as taken once they are passed. */
    public boolean caughtUp(TopicPartition part, long end) {
        return positions.getOrDefault(part, 0L) >= end;
    }

    /** Records delivered since the start, by topic. */
    public Map<String, Long> delivered() {
        return Map.copyOf(delivered);
    }

    private void run() {
        while (running) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                    Admin admin = Admin.create(kafka);
                    Connection connection = connect()) {
                ledger.create(connection, target.schema());
                connection.commit();
                deliver(consumer, admin, connection);
            } catch (SQLException | RetriableException e) {
                LOG.warn("delivery to {} is interrupted ({}) and tried again", target.schema(), reason(e));
                pause();
            } catch (KafkaException | IllegalStateException | IllegalArgumentException e) {
                if (running) {
                    failed.accept(e);
                }
                return;
            }
        }
    }

    private void deliver(KafkaConsumer<byte[], byte[]> consumer, Admin admin, Connection connection)
            throws SQLException {
        Map<DeliveryFeed, FeedWriter> writers = new HashMap<>();
        Map<String, FeedWriter> byTopic = new HashMap<>();
        while (running) {
            if (!writers.keySet().equals(wanted)) {
                assign(consumer, admin, connection, writers, byTopic);
            }
            if (consumer.assignment().isEmpty()) {
                pause();
                continue;
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
            for (TopicPartition part : records.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> batch = records.records(part);
                FeedWriter writer = byTopic.get(part.topic());
                if (writer != null) {
                    writer.write(connection, part.partition(), batch);
                    connection.commit();
                    delivered.merge(part.topic(), (long) batch.size(), Long::sum);
                }
            }
            for (TopicPartition part : consumer.assignment()) {
                positions.put(part, consumer.position(part));
            }
        }
    }

    private void assign(
            KafkaConsumer<byte[], byte[]> consumer,
            Admin admin,
            Connection connection,
            Map<DeliveryFeed, FeedWriter> writers,
            Map<String, FeedWriter> byTopic)
            throws SQLException {
        Set<DeliveryFeed> feeds = wanted;
        writers.keySet().retainAll(feeds);
        for (DeliveryFeed feed : feeds) {
            if (!writers.containsKey(feed)) {
                open(admin, connection, feed).ifPresent(writer -> writers.put(feed, writer));
            }
        }
        byTopic.clear();
        writers.forEach((feed, writer) -> byTopic.put(feed.topic(), writer));
        List<TopicPartition> parts = new ArrayList<>();
        for (String topic : byTopic.keySet()) {
            consumer.partitionsFor(topic).forEach(p -> parts.add(new TopicPartition(topic, p.partition())));
        }
        consumer.assign(parts);
        positions.keySet().retainAll(parts);
        for (TopicPartition part : parts) {
            FeedWriter writer = byTopic.get(part.topic());
            if (writer != null) {
                long next = writer.next(connection, part.partition());
                consumer.seek(part, next);
                positions.put(part, next);
            }
        }
        if (writers.size() < feeds.size()) {
            pause();
        }
    }

    private Optional<FeedWriter> open(Admin admin, Connection connection, DeliveryFeed feed) throws SQLException {
        try {
            TopicDescription topic = Objects.requireNonNull(admin.describeTopics(List.of(feed.topic()))
                    .allTopicNames()
                    .get()
                    .get(feed.topic()));
            FeedWriter writer = new FeedWriter(
                    feed, topic.topicId().toString(), topic.partitions().size(), target.schema(), ledger, wire);
            writer.open(connection);
            connection.commit();
            return Optional.of(writer);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("topic " + feed.topic() + " can't be described", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
            return Optional.empty();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(
                target.jdbcUrl(), target.user(), target.password().get());
        connection.setAutoCommit(false);
        return connection;
    }

    /** SQL errors of PostgreSQL can quote values: only their state is told. */
    private static String reason(Exception e) {
        return e instanceof SQLException sql
                ? "SQL state " + sql.getSQLState()
                : e.getClass().getSimpleName();
    }

    private void pause() {
        try {
            Thread.sleep(wanted.isEmpty() ? Duration.ofMillis(100) : RETRY.dividedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
