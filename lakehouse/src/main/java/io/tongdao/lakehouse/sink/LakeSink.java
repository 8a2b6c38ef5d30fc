package io.tongdao.lakehouse.sink;

import io.tongdao.contract.serde.WireFormat;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.index.IndexStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
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

    private final TopicReader reader;
    private final Admin admin;
    private final TopicWatch watch;
    private final IndexStore indexes;
    private final LakeCatalog catalog;
    private final WireFormat wire;
    private final SinkSettings settings;
    private final Commits commits;
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
        this.reader = new TopicReader(kafka);
        this.admin = Admin.create(new HashMap<>(kafka));
        this.watch = new TopicWatch(admin);
        this.commits = new Commits(settings.threads());
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

    /** From now on exactly these feeds are followed. The table of one left out keeps what was read of it until now. */
    public void follow(Set<TableFeed> feeds) {
        wanted = Set.copyOf(feeds);
        reader.wakeup();
    }

    /**
     * Takes away what is remembered of a table that is not followed, and will not be.
     *
     * @throws IllegalStateException if it is followed
     */
    public void forget(String table) {
        if (status.containsKey(table)) {
            throw new IllegalStateException("table " + table + " is followed");
        }
        indexes.forget(table);
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
        return status.values().stream().anyMatch(each -> each.holds(topic, ends));
    }

    private String describe(String topic) {
        return status.values().stream()
                .filter(each -> each.topic().equals(topic))
                .map(TableStatus::brief)
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
            read();
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
        reader.assign(tasks.values());
    }

    private void read() {
        if (reader.isIdle()) {
            pause();
        } else {
            reader.read(tasks.values(), POLL);
        }
    }

    private void commit(List<FeedTask> due) {
        // never written back: somebody may close the sink meanwhile
        if (!commits.await(due)) {
            closing = true;
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
        reader.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        commits.close();
        reader.close();
        admin.close();
        indexes.close();
    }
}
