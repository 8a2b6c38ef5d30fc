package io.tongdao.collect;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the stream behind the last row of a table that was read beside it.
 *
 * @param status Debezium's word for how the reading ended
 */
record Scanned(String dataset, String status) {
    private static final String TOPIC = CollectTopics.PREFIX + "scanned";

    /** Whether the rows before it are the whole table. */
    boolean whole() {
        return status.equals("SUCCEEDED") || status.equals("EMPTY");
    }

    SourceRecord record(Map<String, ?> sourcePartition, Map<String, ?> sourceOffset) {
        return new SourceRecord(
                sourcePartition,
                sourceOffset,
                TOPIC,
                null,
                Schema.BYTES_SCHEMA,
                dataset.getBytes(StandardCharsets.UTF_8),
                Schema.STRING_SCHEMA,
                status);
    }

    /** What a record says, null: it says something else. */
    static @Nullable Scanned of(SourceRecord record) {
        return record.topic().equals(TOPIC)
                ? new Scanned(new String((byte[]) record.key(), StandardCharsets.UTF_8), (String) record.value())
                : null;
    }
}
