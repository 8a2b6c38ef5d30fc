package io.tongdao.runtime;

import io.tongdao.contract.topic.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/**
 * What an operator tunes of a stage. Everything else that keeps a stage safe is in {@link #properties}, and nowhere else.
 *
 * @param client how to reach the cluster as this stage's principal: {@code bootstrap.servers}, {@code security.protocol}, {@code sasl.*}
 * @param stateDir the stages' state, one directory below it for each application id
 * @param instance names this process among those that run the same stage; keeps its tasks over a restart
 * @param threads stream threads
 * @param standbys copies of each store kept warm on other instances
 * @param replication of the changelogs
 * @param commitInterval the shortest time between transactions while changes come; it grows with what they cost and with the queue ({@link Pace})
 */
public record StreamsSettings(
        Map<String, String> client,
        Path stateDir,
        String instance,
        int threads,
        int standbys,
        short replication,
        Duration commitInterval) {
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final Duration TRANSACTION = Duration.ofSeconds(10);
    /** Also how late a change may be noticed that has to wait for the next commit. */
    private static final Duration POLL = Duration.ofMillis(50);

    private static final int BATCH = 64 << 10;
    private static final long CACHE = 4 << 20;
    private static final Duration METADATA_AGE = Duration.ofSeconds(5);

    public StreamsSettings {
        client = Map.copyOf(client);
    }

    /** One thread, no standbys, one replica, commits every 100 ms: for one process on one machine. */
    public static StreamsSettings embedded(Map<String, String> client, Path stateDir) {
        return new StreamsSettings(client, stateDir, "1", 1, 0, (short) 1, Duration.ofMillis(100));
    }

    /** The same with longer or shorter transactions: what nobody waits for costs less in long ones. */
    public StreamsSettings committing(Duration every) {
        return new StreamsSettings(client, stateDir, instance, threads, standbys, replication, every);
    }

    /** The same with so many stream threads: tasks are shared among them. */
    public StreamsSettings onThreads(int threads) {
        return new StreamsSettings(client, stateDir, instance, threads, standbys, replication, commitInterval);
    }

    public static String applicationId(String stage) {
        return "tongdao-" + stage;
    }

    /** All safe settings of a stage: exactly once, explicit names, bounded memory and time, failure without values. */
    public Properties properties(String stage) {
        Properties all = new Properties();
        all.putAll(client);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(stage));
        all.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) replication);
        all.put(StreamsConfig.POLL_MS_CONFIG, POLL.toMillis());
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Math.max(commitInterval.toMillis(), Pace.QUEUED.toMillis()));
        exactlyOnce(all);
        named(all);
        bounded(all, stage);
        failing(all);
        return all;
    }

    /** For the builder of the stage's topology, which refuses unnamed internal resources only if it is told so itself. */
    public TopologyConfig topologyConfig(String stage) {
        return new TopologyConfig(new StreamsConfig(properties(stage)));
    }

    private static void exactlyOnce(Properties all) {
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int) TRANSACTION.toMillis());
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A commit sends what waits; before it only full batches go out.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), (int) Pace.QUEUED.toMillis());
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH);
        // A transaction's first batch on a partition waits for the coordinator; batches sent behind it come out of
        // order and back.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    }

    private static void named(Properties all) {
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        all.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        all.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    }

    private void bounded(Properties all, String stage) {
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        all.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                applicationId(stage) + "-" + instance);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int) SESSION.toMillis());
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                (SESSION.toMillis() / 3));
        all.put(StreamsConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE.toMillis());
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedStoreMemory.class);
        // For stores that ask for one: those of which one key changes with every record.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE);
        // No stage relies on the order of topics among each other. Asked for it, Streams looks at every topic of a task
        // before each record.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        int message = Policy.MAX_MESSAGE_BYTES;
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), message);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), message);
        all.put(StreamsConfig.topicPrefix("max.message.bytes"), Integer.toString(message));
    }

    private static void failing(Properties all) {
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithoutValues.class);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithoutValues.class);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithoutValues.class);
    }
}
