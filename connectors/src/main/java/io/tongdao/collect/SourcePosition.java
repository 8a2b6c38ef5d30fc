package io.tongdao.collect;

import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.binlog.BinlogOffsetContext;
import io.tongdao.contract.topic.Pos;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Where one change stands in its database's log, from Debezium's source block.
 *
 * <p>PostgreSQL: commit is the last commit's LSN before the change's own transaction, which orders transactions as they commit and is
 * the same after a restart or grows (ops/decisions/0062); 1 before the first commit. Change is the row's LSN. MariaDB and
 * MySQL: commit is binlog file and the transaction's position (MySQL: the event's), change is the event in the transaction and the row in the event. SQL Server: commit
 * and change are the {@link LogSequence}s of the commit and of the change, serial tells changes of one such number apart. A row that a
 * snapshot read has commit 0.
 *
 * @param serial where commit and change are equal, else 0
 * @param at the commit's time, null for a snapshot's row
 */
record SourcePosition(
        long commit, long change, int serial, @Nullable Instant at) {
    private static final SourcePosition SNAPSHOT = new SourcePosition(0, 0, 0, null);

    /** An event gives fewer records than that, {@link KeyBySubject#MOVED} included. */
    private static final int ORDINAL_BITS = 17;

    private static final long MAX_SERIAL = (1 << Integer.SIZE - ORDINAL_BITS) - 1;

    /** @param offset the event's own, which counts the events of a binlog's transaction; its source block does not */
    static SourcePosition of(Struct source, Map<String, ?> offset) {
        String snapshot = source.getString(AbstractSourceInfo.SNAPSHOT_KEY);
        if (snapshot != null && !snapshot.equals("false")) {
            return SNAPSHOT;
        }
        Instant at = Instant.ofEpochMilli(source.getInt64(AbstractSourceInfo.TIMESTAMP_KEY));
        Schema schema = source.schema();
        if (schema.field("lsn") != null) {
            long commit = Math.max(1, first(source.getString(AbstractSourceInfo.SEQUENCE_KEY)));
            return new SourcePosition(commit, source.getInt64("lsn"), 0, at);
        }
        if (schema.field("commit_lsn") != null) {
            return sqlServer(source, at);
        }
        long commit = fileNumber(source.getString("file")) << 32 | source.getInt64("pos");
        long event = offset.get(BinlogOffsetContext.EVENTS_TO_SKIP_OFFSET_KEY) instanceof Number skipped
                ? skipped.longValue()
                : 0;
        return new SourcePosition(commit, event << 32 | source.getInt32("row"), 0, at);
    }

    private static SourcePosition sqlServer(Struct source, Instant at) {
        LogSequence commit = LogSequence.parse(source.getString("commit_lsn"));
        long serial = source.getInt64("event_serial_no");
        if (serial > MAX_SERIAL) {
            throw new ResnapshotException("its log has too many changes under one number to keep their order");
        }
        return new SourcePosition(
                commit.commit(), commit.change(LogSequence.parse(source.getString("change_lsn"))), (int) serial, at);
    }

    Pos pos(int epoch, int ordinal) {
        return new Pos(epoch, commit, change, serial << ORDINAL_BITS | ordinal);
    }

    /** The first number of {@code ["<commit>","<change>"]}, 0 where it is null. */
    private static long first(String sequence) {
        long value = 0;
        for (int i = sequence.startsWith("[\"") ? 2 : sequence.length(); i < sequence.length(); i++) {
            char c = sequence.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static long fileNumber(String file) {
        return Long.parseLong(file, file.lastIndexOf('.') + 1, file.length(), 10);
    }
}
