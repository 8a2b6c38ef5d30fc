package io.tongdao.lakehouse.sink;

import io.tongdao.contract.serde.WireFormat;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.index.IndexStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink process: one consumer reads many topics, each into its table. Which tables is told by {@link #follow}, at any time. A fault
 * of one table makes it wait or stop, with its reason in {@link #status}; the others go on.
 *
 * <p>Offsets live in the tables; no consumer group is needed. It owns all partitions of its topics.
 */
public final class LakeSink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LakeSink.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final TopicWatch watch;
    private final IndexStore indexes;
    private final LakeCatalog catalog;
    private final WireFormat wire;
    private final SinkSettings settings;
    private final ExecutorService commits;
    private final Thread thread;
    private final Map<String, FeedTask> tasks = new HashMap<>();
    private volatile Set<TableFeed> wanted;
    private volatile SortedMap<String, TableStatus> status = new TreeMap<>();
    private volatile boolean closing;

    private LakeSink(
            Map<String, Object> kafka,
            WireFormat wire,
            LakeCatalog catalog,
            Path indexFolder,
            SinkSettings settings,
            Set<TableFeed> feeds) {
        this.catalog = catalog;
        this.wire = wire;
        this.settings = settings;
        this.wanted = Set.copyOf(feeds);
        this.indexes = new IndexStore(indexFolder, settings.indexMemory());
        this.consumer =
                new KafkaConsumer<>(consumerSettings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.admin = Admin.create(new HashMap<>(kafka));
        this.watch = new TopicWatch(admin);
        this.commits = Executors.newFixedThreadPool(
                settings.threads(), Thread.ofPlatform().name("lake-commit-", 0).factory());
        this.thread = Thread.ofPlatform().name("lake-sink").unstarted(this::run);
    }

    /**
     * Starts a sink.
     *
     * @param kafka client settings: bootstrap servers and security of the principal {@code store}
     * @param indexFolder for the indexes; may be deleted while no sink runs
     */
    public static LakeSink start(
            Map<String, Object> kafka,
            WireFormat wire,
            LakeCatalog catalog,
            Path indexFolder,
            SinkSettings settings,
            Set<TableFeed> feeds) {
        LakeSink sink = new LakeSink(kafka, wire, catalog, indexFolder, settings, feeds);
        sink.thread.start();
        return sink;
    }

    private static Map<String, Object> consumerSettings(Map<String, Object> kafka) {
        var all = new HashMap<>(kafka);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(16 << 20));
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(4 << 20));
        all.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "lake-sink");
        return all;
    }

    /** From now on exactly these feeds are followed. The table of one left out keeps what was read of it until now. */
    public void follow(Set<TableFeed> feeds) {
        wanted = Set.copyOf(feeds);
        consumer.wakeup();
    }

    /** How each followed table stands, by table. */
    public SortedMap<String, TableStatus> status() {
        return status;
    }

    /**
     * Waits until every table of the topics holds everything before the given offsets.
     *
     * @param ends by topic and partition, for example the end offsets
     * @throws TimeoutException naming the tables that lag
     */
    public void awaitCaughtUp(Map<String, Map<Integer, Long>> ends, Duration timeout)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<String> behind = ends.entrySet().stream()
                    .filter(each -> !holds(each.getKey(), each.getValue()))
                    .map(each -> each.getKey() + describe(each.getKey()))
                    .toList();
            if (behind.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("after " + timeout.toSeconds() + " s not in the lakehouse: " + behind);
            }
            Thread.sleep(50);
        }
    }

    private boolean holds(String topic, Map<Integer, Long> ends) {
        return status.values().stream()
                .filter(each -> each.topic().equals(topic))
                .anyMatch(each -> ends.entrySet().stream()
                        .allMatch(end -> each.settled().getOrDefault(end.getKey(), 0L) >= end.getValue()));
    }

    private String describe(String topic) {
        return status.values().stream()
                .filter(each -> each.topic().equals(topic))
                .map(each -> " (" + each.state() + ", lag " + each.lag() + ") " + each.reason())
                .findFirst()
                .orElse(" (not followed)");
    }

    private void run() {
        try {
            while (!closing) {
                turn();
            }
            commit(tasks.values().stream().filter(FeedTask::isOpen).toList());
        } catch (RuntimeException e) {
            LOG.error("the lake sink has ended by a bug", e);
            tasks.values().forEach(task -> task.stop("the sink has ended by a bug, see the log"));
        } finally {
            tasks.values().forEach(FeedTask::close);
            publish();
        }
    }

    private void turn() {
        try {
            follow();
            take(poll());
            commit(tasks.values().stream().filter(FeedTask::isDue).toList());
            leave();
            publish();
        } catch (WakeupException e) {
            LOG.debug("called to look at the feeds anew");
        } catch (KafkaException e) {
            LOG.warn("the broker does not answer the lake sink; trying again", e);
            pause();
        }
    }

    /** Commits and closes the tables whose topics are gone. */
    private void leave() {
        Map<String, String> ids = tasks.values().stream()
                .filter(FeedTask::isOpen)
                .collect(Collectors.toMap(task -> task.feed().topic(), FeedTask::topicId));
        Set<String> gone = watch.gone(ids);
        List<FeedTask> left = tasks.values().stream()
                .filter(task -> task.isOpen() && gone.contains(task.feed().topic()))
                .toList();
        commit(left);
        left.stream().filter(FeedTask::isOpen).forEach(FeedTask::lose);
    }

    private void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /** Brings tasks and assignment to what is wanted. */
    private void follow() {
        Map<String, TableFeed> feeds = wanted.stream().collect(Collectors.toMap(TableFeed::table, feed -> feed));
        List<FeedTask> gone = tasks.values().stream()
                .filter(task -> !task.feed().equals(feeds.get(task.feed().table())))
                .toList();
        commit(gone.stream().filter(FeedTask::isOpen).toList());
        for (FeedTask task : gone) {
            task.close();
            tasks.remove(task.feed().table());
        }
        feeds.values()
                .forEach(feed -> tasks.computeIfAbsent(
                        feed.table(), table -> new FeedTask(feed, catalog, indexes, wire, settings)));
        tasks.values().stream().filter(FeedTask::isToBeOpened).forEach(task -> task.open(admin));
        assign();
    }

    private void assign() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        tasks.values().stream().filter(FeedTask::isOpen).forEach(task -> positions.putAll(task.positions()));
        Set<TopicPartition> before = consumer.assignment();
        if (!before.equals(positions.keySet())) {
            consumer.assign(positions.keySet());
        }
        for (FeedTask task : tasks.values()) {
            if (task.takeSeek()) {
                task.positions().forEach(this::seek);
            }
        }
    }

    private void seek(TopicPartition partition, long offset) {
        if (offset == 0) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, offset);
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        if (consumer.assignment().isEmpty()) {
            pause();
            return ConsumerRecords.empty();
        }
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            stop(
                    e.offsetOutOfRangePartitions().keySet(),
                    "OFFSETS_GONE: the topic no longer holds the table's offsets");
        } catch (TopicAuthorizationException e) {
            Set<String> topics = e.unauthorizedTopics();
            Set<TopicPartition> refused = consumer.assignment().stream()
                    .filter(partition -> topics.contains(partition.topic()))
                    .collect(Collectors.toSet());
            stop(refused, "the broker does not let this sink read the topic");
        }
        return ConsumerRecords.empty();
    }

    private void stop(Collection<TopicPartition> partitions, String reason) {
        Set<String> topics = new HashSet<>();
        partitions.forEach(partition -> topics.add(partition.topic()));
        tasks.values().stream()
                .filter(task -> topics.contains(task.feed().topic()))
                .forEach(task -> task.stop(reason));
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        Map<String, FeedTask> byTopic = tasks.values().stream()
                .filter(FeedTask::isOpen)
                .collect(Collectors.toMap(task -> task.feed().topic(), task -> task));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            FeedTask task = byTopic.get(record.topic());
            if (task != null) {
                task.add(record);
            }
        }
        for (TopicPartition partition : consumer.assignment()) {
            FeedTask task = byTopic.get(partition.topic());
            if (task != null) {
                advance(task, partition);
            }
        }
    }

    private void advance(FeedTask task, TopicPartition partition) {
        try {
            long position = consumer.position(partition, Duration.ZERO);
            task.advance(partition.partition(), position, consumer.currentLag(partition));
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            LOG.debug("{} has no position yet", partition);
        }
    }

    /** Commits several tables at once, and waits for them: their writers are this thread's again afterwards. */
    private void commit(List<FeedTask> due) {
        List<Callable<Void>> work = due.stream()
                .<Callable<Void>>map(task -> () -> {
                    task.commit();
                    return null;
                })
                .toList();
        try {
            for (Future<Void> each : commits.invokeAll(work)) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a commit failed in a way that its task does not know", e.getCause());
        }
    }

    private void publish() {
        SortedMap<String, TableStatus> now = new TreeMap<>();
        tasks.values().forEach(task -> now.put(task.feed().table(), task.status()));
        status = now;
    }

    /** Commits what was read, and ends. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        commits.close();
        consumer.close();
        admin.close();
        indexes.close();
    }
}
