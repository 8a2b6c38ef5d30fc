package io.tongdao.ops.provision;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** A consumer that reads a topic whatever it is answered, for as long as it is open, and notes what it sees and when. */
final class Tap implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(100);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean open = true;

    /** @param value null: a deletion, or a marker */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Seen(String topic, byte[] key, byte @Nullable [] value, Instant at) {}

    private Tap(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name("tap").unstarted(() -> run(topic));
    }

    /** On the first partition of a topic, from its beginning. */
    static Tap open(ReleaseRoom room, String principal, String topic, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("enable.auto.commit", false);
        Tap tap = new Tap(room.consumer(principal, all), topic);
        tap.thread.start();
        return tap;
    }

    private void run(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (open) {
            try {
                consumer.poll(WAIT)
                        .forEach(record -> seen.add(new Seen(topic, record.key(), record.value(), Instant.now())));
            } catch (WakeupException e) {
                open = false;
            } catch (KafkaException e) { // refused, or gone: it asks again
                LockSupport.parkNanos(WAIT.toNanos());
            }
        }
        consumer.close();
    }

    Queue<Seen> seen() {
        return seen;
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        consumer.wakeup();
        thread.join();
    }
}
