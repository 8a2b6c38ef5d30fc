package io.tongdao.lakehouse.sink;

import io.tongdao.contract.topic.Topic;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A keyed topic and the table that holds it.
 *
 * @param table {@code src_<agency>.<dataset>}, {@code base.<database>}, {@code share_<consumer>.<grant>}, {@code return_<division>.<grant>},
 *     {@code audit.<what>}
 * @param topic the Kafka topic
 * @param value the Avro schema into which its values are read
 * @param partitions the topic's partitions
 * @param epoch a released topic's epoch, from 1; always 1 for src and base. A higher epoch's topic fills a branch of the table, which
 *     becomes the table in one step when it is complete
 * @param sourcePartitions how many {@code !complete:<kind>:<p>} markers make a partition of a released topic complete: the
 *     partitions of the grant's source; 0 for topics without backfill
 * @param appended null: rows are upserted by key
 * @param keptDays of how many days the table remembers how it stood at their end; 0: none
 */
public record TableFeed(
        String table,
        String topic,
        Schema value,
        int partitions,
        int epoch,
        int sourcePartitions,
        @Nullable Appended appended,
        int keptDays) {

    /**
     * A table that only grows: every record adds its rows, and none is ever changed or taken away.
     *
     * @param each the array of records of which each is a row, with the fields beside it; empty: the record itself is the row
     * @param time the field by whose month the table is partitioned
     */
    public record Appended(String each, String time) {}

    public TableFeed(String table, String topic, Schema value, int partitions, int epoch, int sourcePartitions) {
        this(table, topic, value, partitions, epoch, sourcePartitions, null, 0);
    }

    public TableFeed {
        if (table.indexOf('.') <= 0 || table.indexOf('.') != table.lastIndexOf('.')) {
            throw new IllegalArgumentException("table " + table + " is not <namespace>.<name>");
        }
        if (partitions < 1 || epoch < 1 || sourcePartitions < 0) {
            throw new IllegalArgumentException("table " + table + ": partitions and epoch begin at 1");
        }
    }

    /** The feed of a src, base or theme topic. */
    public static TableFeed of(String table, Topic topic, int keptDays) {
        return new TableFeed(table, topic.name(), topic.schema(), topic.partitions(), 1, 0, null, keptDays);
    }

    /** The feed of one epoch of a grant. */
    public static TableFeed released(String table, Topic topic, int epoch, int sourcePartitions) {
        return new TableFeed(table, topic.name(), topic.schema(), topic.partitions(), epoch, sourcePartitions);
    }

    /** The feed of a topic that only grows ({@code audit.*}). */
    public static TableFeed appended(String table, Topic topic, Appended rows) {
        return new TableFeed(table, topic.name(), topic.schema(), topic.partitions(), 1, 0, rows, 0);
    }

    /** Whether a key says by the one partitioner in which partition it is, now and for good: released topics have other numbers of them in other epochs. */
    boolean placed() {
        return topic.startsWith("src.") || topic.startsWith("base.") || topic.startsWith("theme.");
    }

    /** Whether records carry the source's position and owner row, so that what was sent twice can be told. */
    boolean positioned() {
        return topic.startsWith("src.");
    }
}
