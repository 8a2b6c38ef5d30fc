package io.tongdao.ops.bench;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.ops.demo.Latencies;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/** How long a source's commit takes until one topic on the path has it, in windows of the run: where it waits, and whether it waits ever longer. */
final class HopReader implements AutoCloseable {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Instant begin = Instant.now();
    private final List<Latencies> windows = new ArrayList<>();
    private final Thread thread;

    HopReader(Map<String, Object> kafka, String topic) {
        this.topic = topic;
        consumer = TopicTail.of(kafka, topic, 500);
        thread = Thread.ofPlatform().daemon().name("hop-reader").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::take);
            }
        } catch (WakeupException e) {
            // Closed.
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Instant at = Lineage.at(record.headers());
        if (at == null) {
            return;
        }
        Instant now = Instant.now();
        int window = (int) Duration.between(begin, now).dividedBy(WINDOW);
        synchronized (windows) {
            while (windows.size() <= window) {
                windows.add(new Latencies());
            }
            windows.get(window).add(Duration.between(at, now).toMillis());
        }
    }

    /** A line: topic, and p50/p99 in milliseconds of each window. */
    void print(PrintWriter out) {
        synchronized (windows) {
            out.printf("%-32s", topic);
            for (Latencies window : windows) {
                out.printf(Locale.ROOT, " %,d/%,d", window.percentile(0.5), window.percentile(0.99));
            }
            out.println();
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join(Duration.ofSeconds(5));
        consumer.close();
    }
}
