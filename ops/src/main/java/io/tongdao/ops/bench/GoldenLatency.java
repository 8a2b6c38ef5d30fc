package io.tongdao.ops.bench;

import io.tongdao.contract.topic.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How long a change that a source commits takes until its golden record can be read, while changes come steadily: the golden record says
 * when the source committed.
 */
final class GoldenLatency implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private final KafkaConsumer<byte[], byte[]> reader;
    private final Set<TopicPartition> partitions;

    /** @param topic of golden records */
    GoldenLatency(Map<String, Object> kafka, String topic) {
        reader = TopicTail.of(kafka, topic, 100);
        partitions = reader.assignment();
    }

    /** Makes one change, which gives one golden record. */
    interface Load {
        void change();
    }

    /**
     * @param read golden records, one for each change
     * @param figures of those after the warm-up
     */
    record Measured(int read, IdleLatency.Figures figures) {}

    /**
     * @param rate changes a second
     * @param warmUp the first changes, which do not count
     * @throws BenchFailed if a golden record does not come
     */
    Measured measure(Load load, int changes, int rate, int warmUp) throws InterruptedException {
        long[] nanos = new long[changes];
        int read = 0;
        Instant begin = Instant.now();
        for (int sent = 0; sent < changes || read < changes; ) {
            Instant now = Instant.now();
            for (; sent < changes && !due(begin, sent, rate).isAfter(now); sent++) {
                load.change();
            }
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(PAUSE)) {
                Instant at = Lineage.at(record.headers());
                if (at == null) {
                    // Of a snapshot: what a stage has worked off may be committed a moment later.
                    continue;
                }
                if (read < changes) {
                    nanos[read] = Duration.between(at, Instant.now()).toNanos();
                }
                read++;
            }
            if (now.isAfter(due(begin, changes, rate).plus(LIMIT))) {
                throw new BenchFailed("only " + read + " of " + changes + " golden records came");
            }
        }
        return new Measured(read, IdleLatency.Figures.of(Arrays.copyOfRange(nanos, warmUp, changes)));
    }

    private static Instant due(Instant begin, int change, int rate) {
        return begin.plusNanos(change * 1_000_000_000L / rate);
    }

    @Override
    public void close() {
        reader.close();
    }
}
