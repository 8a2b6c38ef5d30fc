package io.tongdao.ops.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How many records a topic has, asked often. */
final class TopicEnds implements AutoCloseable {
    private static final long STEP_MILLIS = 20;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    TopicEnds(Map<String, Object> kafka, String topic) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        consumer.assign(partitions);
    }

    long count() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Waits for records.
     *
     * @param going whether more can come
     * @return when {@code count} was reached, as {@link System#nanoTime}
     * @throws BenchFailed if none came for a minute, or no more can
     */
    long await(long count, BooleanSupplier going) throws InterruptedException {
        long before = -1;
        long patience = 0;
        for (long now = count(); now < count; now = count()) {
            long time = System.nanoTime();
            if (now != before) {
                before = now;
                patience = time + Duration.ofMinutes(1).toNanos();
            } else if (time > patience || !going.getAsBoolean()) {
                throw new BenchFailed("only " + now + " of " + count + " records came");
            }
            Thread.sleep(STEP_MILLIS);
        }
        return System.nanoTime();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
