package io.tongdao.collect;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record for a keyed topic: the state of one subject's row, its end, or a reject.
 *
 * @param value the items as a Connect {@code Struct} on a src topic, the ready bytes on {@link Names#REJECTS}, null: a tombstone
 * @param at the source's commit time, null for a row that a snapshot read
 * @param row 16 bytes, a keyed digest of the source row's primary key
 */
public record KeyedRow(
        String topic,
        int partitions,
        byte[] key,
        @Nullable Object value,
        Pos pos,
        @Nullable Instant at,
        Lineage.Op op,
        String dataset,
        byte[] row) {
    /** Named, since Debezium asks every value's schema for its name. */
    static final Schema READY = SchemaBuilder.bytes().name("io.tongdao.ready").build();

    /** In the form that a Connect task returns, with the partition set by the one partitioner and all lineage headers. */
    SourceRecord record(Map<String, ?> sourcePartition, Map<String, ?> sourceOffset) {
        return record(sourcePartition, sourceOffset, SubjectKey.partition(key, partitions));
    }

    SourceRecord record(Map<String, ?> sourcePartition, Map<String, ?> sourceOffset, int partition) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.addBytes(Lineage.POS, pos.bytes());
        if (at != null) {
            headers.addBytes(Lineage.AT, Lineage.at(at));
        }
        headers.addBytes(Lineage.OP, op.bytes());
        headers.addBytes(Lineage.DATASET, dataset.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        headers.addBytes(Lineage.ROW, row);
        @Nullable
        Schema schema = switch (value) {
            case null -> null;
            case Struct struct -> struct.schema();
            default -> READY;
        };
        return new SourceRecord(
                sourcePartition,
                sourceOffset,
                topic,
                partition,
                Schema.BYTES_SCHEMA,
                key,
                schema,
                value,
                null,
                headers);
    }

    @Override
    public String toString() {
        return "KeyedRow[" + topic + ' ' + op + (value == null ? " tombstone]" : "]");
    }
}
