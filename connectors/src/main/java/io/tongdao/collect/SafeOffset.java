package io.tongdao.collect;

import java.util.HashMap;
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

    private static final String DONE_AT = "tongdao.lsn";
    private static final String DONE = "tongdao.rows";

    private final Rule rule;
    private final SourceTaskContext context;
    private @Nullable Map<String, ?> latest;
    private @Nullable Map<String, ?> safe;
    private int rows;
    private long doneAt;
    private int done;

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
            if (safe != null
                    && safe.get(DONE_AT) instanceof Number position
                    && safe.get(DONE) instanceof Number count) {
                doneAt = position.longValue();
                done = count.intValue();
            }
        }
        return safe;
    }

    /** Takes note of an event; gives the offset that its last record may carry. */
    Map<String, ?> advance(SourceRecord event) {
        Map<String, ?> offset = event.sourceOffset();
        if (rule == Rule.EACH_EVENT || latest == null || complete(offset)) {
            safe = offset;
            rows = 0;
        } else if (!Objects.equals(latest.get("lsn"), offset.get("lsn"))) {
            safe = latest;
            rows = 0;
        }
        latest = offset;
        return safe == null ? offset : safe;
    }

    /**
     * Counts the event that was noted last as one of a collected table; whether it went out before, in a transaction that a Connect
     * cluster committed together with its offset.
     */
    boolean repeats() {
        rows++;
        return rows <= done && position() == doneAt;
    }

    /** The offset with how many rows behind it are out already: in a Connect cluster a restart then repeats none. */
    Map<String, ?> counted(Map<String, ?> offset) {
        if (rule == Rule.EACH_EVENT || latest == null) {
            return offset;
        }
        long at = Math.max(position(), doneAt);
        int count = at > position() ? done : at == doneAt ? Math.max(rows, done) : rows;
        if (count == 0 || (at == position() && complete(latest))) {
            return offset;
        }
        Map<String, Object> counted = new HashMap<>(offset);
        counted.put(DONE_AT, at);
        counted.put(DONE, count);
        return counted;
    }

    private long position() {
        return latest != null && latest.get("lsn") instanceof Number lsn ? lsn.longValue() : 0;
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
