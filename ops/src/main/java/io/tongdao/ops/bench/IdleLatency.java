package io.tongdao.ops.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** How long a lone change takes from its commit, asked for, to a reader of the src topic: one at a time, at random moments. */
final class IdleLatency {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** As long as Kafka's own. */
    private static final int FETCH_WAIT = 500;

    private final Map<String, Object> kafka;
    private final String topic;

    IdleLatency(Map<String, Object> kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /** In milliseconds. */
    record Figures(double p50, double p99, double max) {
        static Figures of(long[] nanos) {
            Arrays.sort(nanos);
            return new Figures(at(nanos, 50), at(nanos, 99), at(nanos, 100));
        }

        private static double at(long[] sorted, int percent) {
            return sorted[Math.max(0, sorted.length * percent / 100 - 1)] / 1e6;
        }
    }

    Figures measure(Connection database, int commits, int rows) throws SQLException, InterruptedException {
        long[] nanos = new long[commits];
        SplittableRandom random = new SplittableRandom(1);
        database.setAutoCommit(false);
        try (KafkaConsumer<byte[], byte[]> reader = TopicTail.of(kafka, topic, FETCH_WAIT);
                PreparedStatement update = database.prepareStatement("UPDATE person SET household = ? WHERE pk = ?")) {
            for (int i = 0; i < commits; i++) {
                update.setString(1, "idle " + i);
                update.setInt(2, random.nextInt(rows));
                update.execute();
                long begin = System.nanoTime();
                database.commit();
                await(reader);
                nanos[i] = System.nanoTime() - begin;
                Thread.sleep(random.nextInt(20, 120));
            }
        } finally {
            database.setAutoCommit(true);
        }
        return Figures.of(nanos);
    }

    private static void await(KafkaConsumer<byte[], byte[]> reader) {
        if (reader.poll(LIMIT).isEmpty()) {
            throw new BenchFailed("a lone change did not come within " + LIMIT.toSeconds() + " s");
        }
    }
}
