package io.tongdao.deliver;

import io.tongdao.deliver.DeliveryStatus.State;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each return into one database is doing, and when one that stands is tried again. Written by the thread that delivers, read by others. */
final class FeedBook {
    private static final Logger LOG = LoggerFactory.getLogger(FeedBook.class);
    private final String connection;
    private final Map<DeliveryFeed, Line> lines = new HashMap<>();

    /** What is known of one. */
    private static final class Line {
        private final Backoff backoff = new Backoff();
        private final Map<Integer, Long> positions = new HashMap<>();
        private State state = State.BEGINNING;
        private Instant since = Instant.now();
        private @Nullable String reason;
        private long written;
        private long lag;

        void is(State now) {
            if (state != now) {
                state = now;
                since = Instant.now();
            }
        }
    }

    FeedBook(String connection) {
        this.connection = connection;
    }

    synchronized void only(Collection<DeliveryFeed> feeds) {
        lines.keySet().retainAll(feeds);
        feeds.forEach(feed -> lines.computeIfAbsent(feed, f -> new Line()));
    }

    synchronized boolean due(DeliveryFeed feed) {
        return line(feed).backoff.due(Instant.now());
    }

    /** Its topic is not there: it is still made, or already cut. */
    synchronized void awaits(DeliveryFeed feed) {
        line(feed).is(State.BEGINNING);
        line(feed).backoff.failed(Instant.now());
    }

    /** Said once, however often it is tried again. */
    synchronized void stands(DeliveryFeed feed, String why) {
        if (!Objects.equals(line(feed).reason, why)) {
            LOG.warn("return {} into {} stands: {}; it is tried again", feed.grant(), connection, why);
        }
        note(feed, why);
    }

    /** All of them, for the same reason. */
    synchronized void stand(String why) {
        List<DeliveryFeed> told = lines.keySet().stream()
                .filter(feed -> !why.equals(line(feed).reason))
                .toList();
        if (!told.isEmpty()) {
            LOG.warn(
                    "returns {} into {} stand: {}; they are tried again",
                    told.stream().map(DeliveryFeed::grant).sorted().toList(),
                    connection,
                    why);
        }
        lines.keySet().forEach(feed -> note(feed, why));
    }

    private void note(DeliveryFeed feed, String why) {
        Line line = line(feed);
        line.is(State.STANDING);
        line.reason = why;
        line.backoff.failed(Instant.now());
    }

    /** A database that is reached again may be tried at once. */
    synchronized void retry() {
        lines.values().forEach(line -> line.backoff.over());
    }

    /** It is open; one that stood still does, until something has been written. */
    synchronized void opened(DeliveryFeed feed, boolean shown) {
        if (line(feed).reason == null) {
            line(feed).is(shown ? State.DELIVERING : State.FILLING);
        }
    }

    synchronized void goesOn(DeliveryFeed feed, boolean shown, int records) {
        Line line = line(feed);
        if (line.reason != null) {
            LOG.info("return {} into {} goes on", feed.grant(), connection);
            line.reason = null;
        }
        line.is(shown ? State.DELIVERING : State.FILLING);
        line.written += records;
        line.backoff.over();
    }

    synchronized void reached(DeliveryFeed feed, int partition, long position) {
        line(feed).positions.put(partition, position);
    }

    synchronized void lags(DeliveryFeed feed, long records) {
        line(feed).lag = records;
    }

    /** Whether everything before the end offsets given is in the database, of all returns that go there. */
    synchronized boolean caughtUp(Map<TopicPartition, Long> ends) {
        return lines.entrySet().stream()
                .allMatch(entry -> ends.entrySet().stream()
                        .filter(end ->
                                end.getKey().topic().equals(entry.getKey().topic()))
                        .allMatch(end -> entry.getValue()
                                        .positions
                                        .getOrDefault(end.getKey().partition(), 0L)
                                >= end.getValue()));
    }

    synchronized List<DeliveryStatus> status() {
        return lines.entrySet().stream()
                .map(entry -> status(entry.getKey(), entry.getValue()))
                .toList();
    }

    private DeliveryStatus status(DeliveryFeed feed, Line line) {
        boolean stands = line.state == State.STANDING;
        return new DeliveryStatus(
                connection,
                feed.grant(),
                feed.table(),
                feed.epoch(),
                line.state,
                line.lag,
                line.written,
                stands ? line.reason : null,
                line.since);
    }

    private Line line(DeliveryFeed feed) {
        return lines.computeIfAbsent(feed, f -> new Line());
    }
}
