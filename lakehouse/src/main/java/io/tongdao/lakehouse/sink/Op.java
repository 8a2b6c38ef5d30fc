package io.tongdao.lakehouse.sink;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.lakehouse.index.Entry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a record does to its key: an upsert, or a deletion if it has no value.
 *
 * @param value the undecoded value
 * @param at source commit time, epoch microseconds
 * @param pos the position in the source; null on topics that are exactly once already
 * @param owner the first 8 bytes of the owner row's digest, 0 if there is none
 */
record Op(byte @Nullable [] value, @Nullable Long at, byte @Nullable [] pos, long owner) {
    static Op of(ConsumerRecord<byte[], byte[]> record, boolean positioned) {
        byte[] at = header(record, Lineage.AT);
        Long micros = at == null ? null : Math.multiplyExact(ByteBuffer.wrap(at).getLong(), 1000L);
        byte[] row = positioned ? header(record, Lineage.ROW) : null;
        long owner = row == null || row.length < Long.BYTES
                ? 0
                : ByteBuffer.wrap(row).getLong();
        return new Op(record.value(), micros, positioned ? header(record, Lineage.POS) : null, owner);
    }

    boolean deletes() {
        return value == null;
    }

    /**
     * Whether this op changes what the key holds. One row's older or equal position was sent twice; another row than the owner may take
     * the key over, but not delete it.
     */
    boolean changes(@Nullable Entry held) {
        if (held == null || pos == null || held.pos() == null) {
            return true;
        }
        if (owner == held.owner() || owner == 0 || held.owner() == 0) {
            return Arrays.compareUnsigned(pos, held.pos()) > 0;
        }
        return !deletes();
    }

    /** Whether {@code earlier} has no effect once this has come, whatever the key held before. */
    boolean covers(Op earlier) {
        if (pos == null || earlier.pos == null) {
            return true;
        }
        return !deletes() && owner == earlier.owner && Arrays.compareUnsigned(pos, earlier.pos) > 0;
    }

    Entry entry(int file, int row) {
        return new Entry(file, row, pos, owner);
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    @Override
    public String toString() {
        return deletes() ? "Op[delete]" : "Op[upsert]";
    }
}
