package io.tongdao.collect;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Ends the keys that a complete snapshot did not bring again: their rows were deleted while nobody looked. One partition at a time; in
 * memory are the keys of older epochs in that partition.
 */
final class Sweep {
    private final String dataset;
    private final int epoch;
    private final HandOff handOff;
    private final WholeTopic reader;

    Sweep(String dataset, int epoch, HandOff handOff, WholeTopic reader) {
        this.dataset = dataset;
        this.epoch = epoch;
        this.handOff = handOff;
        this.reader = reader;
    }

    /** Ends the keys of older epochs on one topic; returns how many. */
    int topic(String topic, Predicate<byte[]> ours) {
        int ended = 0;
        for (int partition = 0; partition < handOff.partitions(topic); partition++) {
            Map<ByteBuffer, byte[]> stale = new HashMap<>();
            reader.read(topic, partition, record -> note(record, ours, stale));
            for (Map.Entry<ByteBuffer, byte[]> entry : stale.entrySet()) {
                handOff.send(
                        topic, partition, entry.getKey().array(), null, headers(Lineage.Op.DELETE, entry.getValue()));
            }
            ended += stale.size();
        }
        handOff.flush();
        return ended;
    }

    /** Writes the end marker into each partition: the dataset's epoch is complete. */
    void mark(String topic) {
        byte[] end = endMarker();
        for (int partition = 0; partition < handOff.partitions(topic); partition++) {
            handOff.send(topic, partition, end, null, headers(Lineage.Op.MARK, new byte[RowDigest.WIDTH]));
        }
        handOff.flush();
    }

    /** The key of the end marker. */
    static byte[] endMarker() {
        return (SubjectKey.MARKER + "end").getBytes(StandardCharsets.UTF_8);
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Predicate<byte[]> ours, Map<ByteBuffer, byte[]> stale) {
        byte[] row = Lineage.row(record.headers());
        Pos pos = Lineage.pos(record.headers());
        if (SubjectKey.isMarker(record.key()) || row == null || pos == null || !ours.test(record.key())) {
            return;
        }
        if (record.value() != null && pos.epoch() < epoch) {
            stale.put(ByteBuffer.wrap(record.key()), row);
        } else {
            stale.remove(ByteBuffer.wrap(record.key()));
        }
    }

    private Iterable<Header> headers(Lineage.Op op, byte[] row) {
        return List.of(
                new RecordHeader(Lineage.POS, new Pos(epoch, 0, 0, 0).bytes()),
                new RecordHeader(Lineage.OP, op.bytes()),
                new RecordHeader(Lineage.DATASET, dataset.getBytes(StandardCharsets.UTF_8)),
                new RecordHeader(Lineage.ROW, row));
    }
}
