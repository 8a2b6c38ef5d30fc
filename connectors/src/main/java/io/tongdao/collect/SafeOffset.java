package io.tongdao.collect;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * The newest offset of a source from which a restart misses nothing.
 *
 * <p>MariaDB's offsets count rows, so each is safe. PostgreSQL's name a log position, and one position may hold many rows (COPY writes
 * a page of rows as one record of the log): Debezium 3.5 calls it done with its first row. Here a position is done when another follows.
 */
final class SafeOffset {
    /** How a database's offsets may be trusted. */
    enum Rule {
        EACH_EVENT,
        EACH_LOG_POSITION
    }

    private final Rule rule;
    private final SourceTaskContext context;
    private @Nullable Map<String, ?> latest;
    private @Nullable Map<String, ?> safe;

    SafeOffset(Rule rule, SourceTaskContext context) {
        this.rule = rule;
        this.context = context;
    }

    @Nullable
    Map<String, ?> offset(Map<String, ?> partition) {
        if (safe == null) {
            safe = context.offsetStorageReader() == null
                    ? null
                    : context.offsetStorageReader().offset(partition);
            latest = safe;
        }
        return safe;
    }

    /** Takes note of an event; gives the offset that its last record may carry. */
    Map<String, ?> advance(SourceRecord event) {
        Map<String, ?> offset = event.sourceOffset();
        if (rule == Rule.EACH_EVENT || latest == null || complete(offset)) {
            safe = offset;
        } else if (!Objects.equals(latest.get("lsn"), offset.get("lsn"))) {
            safe = latest;
        }
        latest = offset;
        return safe == null ? offset : safe;
    }

    private static boolean complete(Map<String, ?> offset) {
        Object last = offset.get("messageType");
        return initial(offset) || last == null || last.equals("COMMIT");
    }

    /** Whether an offset stands in the first reading of all tables; a row that was read beside the stream stands in the stream. */
    static boolean initial(Map<String, ?> offset) {
        Object snapshot = offset.get("snapshot");
        return snapshot != null && !snapshot.toString().equals("INCREMENTAL");
    }
}
