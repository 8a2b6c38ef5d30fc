package io.tongdao.lakehouse.sink;

import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Brings one topic into its table: records in, commits out; knows nothing of consumers. After any exception it is to be closed and opened
 * anew, and reading goes on at {@link #positions}.
 */
interface FeedWriter extends AutoCloseable {
    /** The next offset to read of each owned partition. 0 on one that was never read: begin where the topic begins. */
    Map<Integer, Long> positions();

    /** The offsets that the table stands at. */
    Map<Integer, Long> committed();

    void add(ConsumerRecord<byte[], byte[]> record);

    /** Says that everything before {@code offset} was read, ends of transactions included. */
    void advance(int partition, long offset);

    /** Whether there is nothing to commit but offsets. */
    boolean isEmpty();

    /** Roughly the memory that uncommitted records hold. */
    long bytes();

    /** Rows that wait to be committed. */
    int rows();

    /** The table as of the last commit; for reading its figures. */
    Table table();

    /** The branch being filled, {@code main} if the table itself. */
    String ref();

    /** Data files of the owned partitions. */
    int files();

    /** Commits what was added, and the offsets. No effect if nothing was read. */
    void commit();

    @Override
    void close();
}
