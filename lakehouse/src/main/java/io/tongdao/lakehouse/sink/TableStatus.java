package io.tongdao.lakehouse.sink;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a table stands; figures only, never a value.
 *
 * @param reason why it waits or has stopped, empty while it runs
 * @param committed next offset by Kafka partition, as the table says
 * @param settled next offset by Kafka partition with nothing before it left to commit; ends of transactions count
 * @param lag records of the topic not yet in the table
 * @param rows live rows of what the table shows ({@code main})
 * @param lastCommit when this sink last committed to it, null before
 * @param validThrough time up to which the table is complete, null if nothing was read
 * @param files data files of what is being written
 */
public record TableStatus(
        String table,
        String topic,
        int epoch,
        State state,
        String reason,
        Map<Integer, Long> committed,
        Map<Integer, Long> settled,
        long lag,
        long rows,
        @Nullable Instant lastCommit,
        @Nullable Instant validThrough,
        int files) {

    /** Whether the table is the topic's and holds everything before the given offsets. */
    boolean holds(String ofTopic, Map<Integer, Long> ends) {
        return topic.equals(ofTopic)
                && ends.entrySet().stream().allMatch(end -> settled.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    String brief() {
        return " (" + state + ", lag " + lag + ") " + reason;
    }

    /** What the sink does with the table. */
    public enum State {
        /** Not read yet, or to be opened again after a fault. */
        WAITING,
        /** Filling a branch with a new epoch; the table still shows the old one. */
        FILLING,
        RUNNING,
        /** Stopped for the reason given, until the feed is followed anew. */
        STOPPED
    }
}
