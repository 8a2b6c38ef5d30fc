package io.tongdao.lakehouse.sink;

import io.tongdao.contract.serde.WireFormat;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.commit.TableStopped;
import io.tongdao.lakehouse.index.IndexStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One followed feed: its writer while it is open, when to commit, and what becomes of it after a fault. */
final class FeedTask {
    private static final Logger LOG = LoggerFactory.getLogger(FeedTask.class);
    /** Offsets alone, with no rows, are worth a commit only now and then. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Rows that follow one another faster are worth a longer wait. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final TableFeed feed;
    private final LakeCatalog catalog;
    private final IndexStore indexes;
    private final WireFormat wire;
    private final SinkSettings settings;
    private final Map<Integer, Long> lags = new HashMap<>();
    private @Nullable FeedWriter writer;
    private Map<Integer, Long> committed = Map.of();
    private String reason = "not opened yet";
    private String topicId = "";
    private final Retry retry = new Retry();
    private boolean stopped;
    private boolean seek;
    private long rowAt;
    private long commitAt;
    private long busyAt;
    private long idleAt;
    private Figures figures = Figures.NONE;
    private @Nullable Instant lastCommit;

    FeedTask(TableFeed feed, LakeCatalog catalog, IndexStore indexes, WireFormat wire, SinkSettings settings) {
        this.feed = feed;
        this.catalog = catalog;
        this.indexes = indexes;
        this.wire = wire;
        this.settings = settings;
    }

    TableFeed feed() {
        return feed;
    }

    boolean isOpen() {
        return writer != null;
    }

    boolean isToBeOpened() {
        return writer == null && !stopped && retry.isDue();
    }

    void open(Admin admin) {
        try {
            Set<Integer> all = IntStream.range(0, feed.partitions()).boxed().collect(Collectors.toSet());
            topicId = TopicWatch.id(admin, feed);
            writer = writer(all);
            reason = "";
            seek = true;
            schedule();
            look(writer);
        } catch (TableStopped e) {
            stop(String.valueOf(e.getMessage()));
        } catch (ExecutionException | TimeoutException e) {
            wait(missing(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wait("interrupted", e);
        } catch (RuntimeException e) {
            wait("could not be opened: " + e.getClass().getSimpleName(), e);
        }
    }

    private FeedWriter writer(Set<Integer> all) {
        Function<byte[], GenericRecord> decoder = wire.reader(feed.value())::decode;
        return feed.appended() == null
                ? TableWriter.open(catalog, indexes, feed, topicId, all, decoder, settings)
                : AppendWriter.open(catalog, feed, feed.appended(), topicId, all, decoder, settings);
    }

    /** Kafka's id of the topic that the table was last opened for. */
    String topicId() {
        return topicId;
    }

    /** Where to read on, once after each opening. */
    boolean takeSeek() {
        boolean now = seek;
        seek = false;
        return now;
    }

    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        open().positions()
                .forEach((partition, offset) -> positions.put(new TopicPartition(feed.topic(), partition), offset));
        return positions;
    }

    /** Takes a record; one that can't be taken stops this table alone. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        FeedWriter now = writer;
        if (now == null) {
            return;
        }
        try {
            now.add(record);
            rowAt = System.nanoTime();
        } catch (RuntimeException e) {
            LOG.error("{}: partition {} offset {}", feed.table(), record.partition(), record.offset(), e);
            stop("the record at partition " + record.partition() + " offset " + record.offset() + " can't be taken: "
                    + e.getClass().getSimpleName());
        }
    }

    void advance(int partition, long position, OptionalLong lag) {
        FeedWriter now = writer;
        if (now != null) {
            now.advance(partition, position);
            lag.ifPresent(behind -> lags.put(partition, behind));
        }
    }

    /** The topic was deleted: what was read of it is in the table; waits for it to come back, or for the feed to be dropped. */
    void lose() {
        LOG.info("{}: topic {} was deleted", feed.table(), feed.topic());
        reason = "topic " + feed.topic() + " was deleted";
        retry.after(missing());
        lags.clear();
        close();
    }

    private String missing() {
        return "topic " + feed.topic() + " is not there";
    }

    boolean isDue() {
        FeedWriter now = writer;
        if (now == null) {
            return false;
        }
        long time = System.nanoTime();
        if (now.isEmpty()) {
            return time >= idleAt;
        }
        boolean quiet = time - rowAt >= QUIET.toNanos();
        return now.bytes() >= settings.maxBatchBytes() || time >= busyAt || (quiet && time >= commitAt);
    }

    /** Commits; after a fault the writer is closed, to be opened again at the table's offsets. */
    void commit() {
        FeedWriter now = open();
        boolean data = !now.isEmpty();
        try {
            now.commit();
            retry.done();
            schedule();
            look(now);
            lastCommit = data ? Instant.now() : lastCommit;
        } catch (TableStopped e) {
            stop(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            wait("commit failed: " + e.getClass().getSimpleName(), e);
        }
    }

    private void schedule() {
        long now = System.nanoTime();
        commitAt = now + settings.commitInterval().toNanos();
        Duration busy = feed.appended() == null ? settings.busyInterval() : AppendWriter.BUSY;
        busyAt = now + busy.toNanos();
        idleAt = now + IDLE.toNanos();
    }

    private void look(FeedWriter now) {
        committed = now.committed();
        figures = Figures.of(now, figures);
    }

    private void wait(String why, Exception cause) {
        if (retry.after(why)) {
            LOG.warn("{}: {}; trying again", feed.table(), why, cause);
        }
        reason = why;
        close();
    }

    void stop(String why) {
        LOG.error("{} stopped: {}", feed.table(), why);
        reason = why;
        stopped = true;
        close();
    }

    void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private FeedWriter open() {
        if (writer == null) {
            throw new IllegalStateException(feed.table() + " is not open");
        }
        return writer;
    }

    TableStatus status() {
        FeedWriter now = writer;
        Map<Integer, Long> settled = now != null && now.isEmpty() ? now.positions() : committed;
        return new TableStatus(
                feed.table(),
                feed.topic(),
                feed.epoch(),
                state(now),
                reason,
                committed,
                settled,
                lags.values().stream().mapToLong(Long::longValue).sum() + (now == null ? 0 : now.rows()),
                figures.rows(),
                lastCommit,
                figures.validThrough(),
                figures.files());
    }

    private TableStatus.State state(@Nullable FeedWriter now) {
        if (now == null) {
            return stopped ? TableStatus.State.STOPPED : TableStatus.State.WAITING;
        }
        return now.ref().equals("main") ? TableStatus.State.RUNNING : TableStatus.State.FILLING;
    }
}
