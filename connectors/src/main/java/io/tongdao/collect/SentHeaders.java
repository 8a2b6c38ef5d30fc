package io.tongdao.collect;

import io.tongdao.contract.topic.Lineage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The lineage headers of a keyed record, as they go to Kafka and as they are counted by: gone through once, since each look-up by name of
 * Connect's own goes through all.
 *
 * @param at null: a snapshot read it
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to Kafka, never compared
record SentHeaders(List<Header> all, byte[] row, String dataset, byte @Nullable [] pos, byte @Nullable [] at) {
    private static final byte[] NONE = {};
    private static final int MOST = 5;

    static SentHeaders of(SourceRecord record) {
        List<Header> all = new ArrayList<>(MOST);
        byte[] row = NONE;
        byte[] dataset = NONE;
        byte[] pos = null;
        byte[] at = null;
        for (org.apache.kafka.connect.header.Header header : record.headers()) {
            byte[] value = (byte[]) header.value();
            all.add(new RecordHeader(header.key(), value));
            switch (header.key()) {
                case Lineage.ROW -> row = value;
                case Lineage.DATASET -> dataset = value;
                case Lineage.POS -> pos = value;
                case Lineage.AT -> at = value;
                default -> {} // goes along
            }
        }
        return new SentHeaders(all, row, new String(dataset, StandardCharsets.UTF_8), pos, at);
    }
}
