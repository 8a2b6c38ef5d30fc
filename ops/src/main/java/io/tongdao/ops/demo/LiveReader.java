package io.tongdao.ops.demo;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.topic.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A live consumer with the stock client and deserialiser: reads one topic as its own user, {@code read_committed}, and measures how long
 * a change took from the agency's commit. Ends by itself when it is cut off.
 */
public final class LiveReader implements AutoCloseable {
    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    private final String topic;
    private final KafkaConsumer<byte[], Object> consumer;
    private final Latencies latencies = new Latencies();
    private final AtomicLong records = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean measuring;
    private volatile String ended = "";
    private volatile Instant lastRecord = Instant.EPOCH;

    /** @param client the reader's own user; {@code group} must be one that it may use */
    public LiveReader(Map<String, Object> client, String registry, String group, String topic) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, KafkaAvroDeserializer.class);
        settings.put("schema.registry.url", registry);
        this.consumer = new KafkaConsumer<>(settings);
        this.thread = Thread.ofPlatform().daemon().name("live-reader").start(this::read);
    }

    /** Waits until what was there before has been read: nothing new for a moment, or ended. */
    public void awaitCaughtUp() throws InterruptedException {
        long before = -1;
        Instant limit = Instant.now().plus(CATCH_UP);
        for (int quiet = 0; quiet < 5 && ended.isEmpty() && Instant.now().isBefore(limit); ) {
            Thread.sleep(100);
            long now = records.get();
            quiet = now == before && now > 0 ? quiet + 1 : 0;
            before = now;
        }
    }

    /** From now on latencies count: what came before was the backfill. */
    public void measure() {
        measuring = true;
    }

    public Latencies latencies() {
        return latencies;
    }

    public long records() {
        return records.get();
    }

    Instant lastRecord() {
        return lastRecord;
    }

    /** Why it ended by itself, empty while it reads. */
    String ended() {
        return ended;
    }

    private void read() {
        try (consumer) {
            consumer.subscribe(List.of(topic));
            while (!closing) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::take);
            }
        } catch (WakeupException | InterruptException e) {
            ended = closing ? "" : e.getClass().getSimpleName();
        } catch (AuthorizationException e) {
            ended = "refused: " + e.getClass().getSimpleName();
        } catch (KafkaException e) {
            ended = e.getClass().getSimpleName();
        }
    }

    private void take(ConsumerRecord<byte[], Object> record) {
        if (SubjectKey.isMarker(record.key())) {
            return;
        }
        records.incrementAndGet();
        lastRecord = Instant.now();
        Instant at = Lineage.at(record.headers());
        if (measuring && at != null) {
            latencies.add(Duration.between(at, lastRecord).toMillis());
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        consumer.wakeup();
        thread.join(Duration.ofSeconds(5));
    }
}
