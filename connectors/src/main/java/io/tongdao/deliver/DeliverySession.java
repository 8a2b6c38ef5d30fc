package io.tongdao.deliver;

import io.tongdao.contract.serde.WireFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** One connection to a receiving database: reads the topics of its returns and writes them, each on its own: one that stands holds up no other. */
final class DeliverySession {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASKED = Duration.ofSeconds(5);
    private static final int VALID = 5;
    private final Receiving receiving;
    private final WireFormat wire;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final Connection connection;
    private final FeedBook book;
    private long asked = System.nanoTime();
    private final Map<DeliveryFeed, FeedWriter> open = new HashMap<>();
    private final Map<String, DeliveryFeed> byTopic = new HashMap<>();
    private final Map<DeliveryFeed, Integer> partitions = new HashMap<>();

    DeliverySession(
            Receiving receiving,
            WireFormat wire,
            KafkaConsumer<byte[], byte[]> consumer,
            Admin admin,
            Connection connection,
            FeedBook book) {
        this.receiving = receiving;
        this.wire = wire;
        this.consumer = consumer;
        this.admin = admin;
        this.connection = connection;
        this.book = book;
    }

    /** One round: what is wanted is opened, what has come is written. What is no longer wanted when records are there is not written any more. */
    void step(Supplier<Set<DeliveryFeed>> wanted) throws SQLException, InterruptedException {
        lookAfter();
        Set<DeliveryFeed> feeds = wanted.get();
        boolean more = feeds.stream().anyMatch(feed -> !open.containsKey(feed) && book.due(feed));
        if (more || !feeds.containsAll(open.keySet())) {
            assign(feeds);
        }
        if (open.isEmpty()) {
            Thread.sleep(POLL);
            return;
        }
        ConsumerRecords<byte[], byte[]> records = poll();
        for (TopicPartition part : records.partitions()) {
            DeliveryFeed feed = byTopic.get(part.topic());
            if (feed != null && wanted.get().contains(feed)) {
                write(feed, part.partition(), records.records(part));
            }
        }
        open.forEach(this::measure);
    }

    /** A connection on which nothing is said is asked now and then, so that a database that is away is noticed before rows come. */
    private void lookAfter() throws SQLException {
        if (System.nanoTime() - asked > ASKED.toNanos()) {
            asked = System.nanoTime();
            if (!connection.isValid(VALID)) {
                throw new SQLNonTransientConnectionException("the database is away", "08006");
            }
            connection.commit();
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (TopicAuthorizationException e) {
            e.unauthorizedTopics().forEach(topic -> close(topic, "its topic may not be read, the grant is being cut"));
        } catch (OffsetOutOfRangeException e) {
            e.partitions()
                    .forEach(
                            part -> close(
                                    part.topic(),
                                    "its topic has lost what comes next: suspend and resume the grant, a new epoch begins anew"));
        }
        return ConsumerRecords.empty();
    }

    private void close(String topic, String why) {
        DeliveryFeed feed = byTopic.get(topic);
        if (feed != null) {
            open.remove(feed);
            book.stands(feed, why);
            follow();
        }
    }

    private void write(DeliveryFeed feed, int partition, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException {
        FeedWriter writer = open.get(feed);
        if (writer != null && held(feed, () -> writer.write(connection, partition, records))) {
            book.goesOn(feed, writer.shown(), records.size());
        }
    }

    private void measure(DeliveryFeed feed, FeedWriter writer) {
        long lag = 0;
        boolean known = true;
        for (TopicPartition part : parts(feed)) {
            book.reached(feed, part.partition(), consumer.position(part));
            OptionalLong behind = consumer.currentLag(part);
            known &= behind.isPresent();
            lag += behind.orElse(0);
        }
        if (known) {
            book.lags(feed, lag);
            if (lag == 0) {
                book.goesOn(feed, writer.shown(), 0);
            }
        }
    }

    private void assign(Set<DeliveryFeed> feeds) throws SQLException, InterruptedException {
        open.keySet().retainAll(feeds);
        for (DeliveryFeed feed : feeds) {
            if (!open.containsKey(feed) && book.due(feed)) {
                open(feed);
            }
        }
        follow();
    }

    /** Reads on from where the database is. */
    private void follow() {
        byTopic.clear();
        open.keySet().forEach(feed -> byTopic.put(feed.topic(), feed));
        consumer.assign(
                open.keySet().stream().flatMap(feed -> parts(feed).stream()).collect(Collectors.toSet()));
        open.forEach((feed, writer) -> parts(feed).forEach(part -> consumer.seek(part, writer.next(part.partition()))));
    }

    private List<TopicPartition> parts(DeliveryFeed feed) {
        List<TopicPartition> parts = new ArrayList<>();
        for (int partition = 0; partition < partitions.getOrDefault(feed, 0); partition++) {
            parts.add(new TopicPartition(feed.topic(), partition));
        }
        return parts;
    }

    private void open(DeliveryFeed feed) throws SQLException, InterruptedException {
        TopicDescription topic;
        try {
            topic = Objects.requireNonNull(admin.describeTopics(List.of(feed.topic()))
                    .allTopicNames()
                    .get()
                    .get(feed.topic()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof TopicAuthorizationException) {
                book.awaits(feed);
                return;
            }
            throw new KafkaException("topic " + feed.topic() + " can't be described", e.getCause());
        }
        int count = topic.partitions().size();
        FeedWriter writer = new FeedWriter(feed, topic.topicId().toString(), count, receiving, wire);
        if (held(feed, () -> writer.open(connection))) {
            partitions.put(feed, count);
            open.put(feed, writer);
            book.opened(feed, writer.shown());
        }
    }

    /** What is done in the database for one return. */
    @FunctionalInterface
    private interface Deed {
        void done() throws SQLException;
    }

    /** Whether it was done; if the database itself is away, all returns stand. */
    private boolean held(DeliveryFeed feed, Deed deed) throws SQLException {
        try {
            deed.done();
            return true;
        } catch (SQLException e) {
            if (!connection.isValid(VALID)) {
                throw e;
            }
            stand(feed, SqlReason.of(e));
        } catch (DeliveryRefused e) {
            stand(feed, Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (IllegalStateException e) {
            stand(feed, "the registry has no schema of its records");
        }
        return false;
    }

    private void stand(DeliveryFeed feed, String why) throws SQLException {
        connection.rollback();
        boolean was = open.remove(feed) != null;
        book.stands(feed, why);
        if (was) {
            follow();
        }
    }
}
