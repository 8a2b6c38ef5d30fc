package io.tongdao.deliver;

import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.serde.WireFormat;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Return flows (回流, art. 26) into one lower level's own database, exactly once: rows and offsets in one transaction of that database.
 * One thread; a database that is down, slow, full or refuses rights is tried again for ever and holds up nobody else.
 */
public final class Delivery implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration STOPS = Duration.ofSeconds(10);
    private static final int BATCH = 5_000;
    private static final int FETCH = 4 << 20;
    private final Map<String, Object> kafka;
    private final WireFormat wire;
    private final Receiving receiving;
    private final Supplier<String> password;
    private final Consumer<Throwable> failed;
    private final FeedBook book;
    private final Thread thread;
    private volatile Set<DeliveryFeed> wanted = Set.of();
    private volatile boolean running = true;

    private Delivery(
            Map<String, Object> kafka,
            WireFormat wire,
            Receiver receiver,
            Supplier<String> password,
            Consumer<Throwable> failed) {
        this.kafka = kafka;
        this.wire = wire;
        this.receiving = Receiving.of(receiver);
        this.password = password;
        this.failed = failed;
        this.book = new FeedBook(receiver.name());
        this.thread =
                Thread.ofPlatform().daemon().name("deliver-" + receiver.name()).unstarted(this::run);
    }

    /**
     * @param password asked for at each connection: secrets come by reference
     * @param failed told of a bug, which ends the delivery; the message carries no value
     */
    public static Delivery start(
            Map<String, Object> kafka,
            WireFormat wire,
            Receiver receiver,
            Supplier<String> password,
            Consumer<Throwable> failed) {
        Delivery delivery = new Delivery(kafka, wire, receiver, password, failed);
        delivery.thread.start();
        return delivery;
    }

    /** The feeds to deliver from now on; one that is gone leaves its table as it stands. */
    public void follow(Set<DeliveryFeed> feeds) {
        wanted = Set.copyOf(feeds);
        book.only(wanted);
    }

    public List<DeliveryStatus> status() {
        return book.status();
    }

    /** Whether everything before the end offsets has been taken; transaction markers count as taken once they are passed. */
    public boolean caughtUp(Map<TopicPartition, Long> ends) {
        return book.caughtUp(ends);
    }

    private void run() {
        Backoff backoff = new Backoff();
        try {
            while (running) {
                if (wanted.isEmpty() || !backoff.due(Instant.now())) {
                    Thread.sleep(IDLE);
                } else {
                    attempt(backoff);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    private void attempt(Backoff backoff) throws InterruptedException {
        try (Connection connection = ReceiverLink.open(receiving.receiver(), secret());
                KafkaConsumer<byte[], byte[]> consumer = consumer();
                Admin admin = Admin.create(kafka)) {
            receiving.ledger().create(connection);
            connection.commit();
            backoff.over();
            book.retry();
            DeliverySession session = new DeliverySession(receiving, wire, consumer, admin, connection, book);
            while (running && !wanted.isEmpty()) {
                session.step(() -> wanted);
            }
        } catch (SQLException e) {
            stand(backoff, SqlReason.of(e));
        } catch (DeliveryRefused e) {
            stand(backoff, Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (KafkaException | UncheckedIOException e) {
            stand(
                    backoff,
                    "通道内部 broker or registry do not answer: " + e.getClass().getSimpleName());
        }
    }

    private void stand(Backoff backoff, String why) {
        if (running) {
            backoff.failed(Instant.now());
            book.stand(why);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Whoever resolves references names the reference, never the secret: it may be put right while this runs. */
    private String secret() {
        try {
            return password.get();
        } catch (IllegalStateException e) {
            throw new DeliveryRefused(Objects.requireNonNullElse(e.getMessage(), "its password is not there"));
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            if (!thread.join(STOPS)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
