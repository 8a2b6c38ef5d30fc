package io.tongdao.lakehouse.sink;

import io.tongdao.contract.topic.Topic;
import org.apache.avro.Schema;

/**
 * A keyed topic and the table that holds it.
 *
 * @param table {@code src_<agency>.<dataset>}, {@code base.<database>}, {@code share_<consumer>.<grant>}, {@code return_<division>.<grant>}
 * @param topic the Kafka topic
 * @param value the Avro schema into which its values are read
 * @param partitions the topic's partitions
 * @param epoch a released topic's epoch, from 1; always 1 for src and base. A higher epoch's topic fills a branch of the table, which
 *     becomes the table in one step when it is complete
 * @param sourcePartitions how many {@code !complete:<kind>:<p>} markers make a partition of a released topic complete: the
 *     partitions of the grant's source; 0 for topics without backfill
 */
public record TableFeed(String table, String topic, Schema value, int partitions, int epoch, int sourcePartitions) {
    public TableFeed {
        if (table.indexOf('.') <= 0 || table.indexOf('.') != table.lastIndexOf('.')) {
            throw new IllegalArgumentException("table " + table + " is not <namespace>.<name>");
        }
        if (partitions < 1 || epoch < 1 || sourcePartitions < 0) {
            throw new IllegalArgumentException("table " + table + ": partitions and epoch begin at 1");
        }
    }

    /** The feed of a src or base topic. */
    public static TableFeed of(String table, Topic topic) {
        return new TableFeed(table, topic.name(), topic.schema(), topic.partitions(), 1, 0);
    }

    /** The feed of one epoch of a grant. */
    public static TableFeed released(String table, Topic topic, int epoch, int sourcePartitions) {
        return new TableFeed(table, topic.name(), topic.schema(), topic.partitions(), epoch, sourcePartitions);
    }

    /** Whether records carry the source's position and owner row, so that what was sent twice can be told. */
    boolean positioned() {
        return topic.startsWith("src.");
    }
}
