package io.tongdao.collect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a stream of PostgreSQL's log begins no later than what was read before it. Debezium makes a slot that has gone anew when
 * its stream starts, in silence; what was changed until then would be missing. So each batch is held back until the slot has been seen in
 * use, with nothing missing behind it.
 */
final class SlotWatch {
    private final String slot;
    private final String url;
    private final String user;
    private final String password;
    private final @Nullable Map<String, ?> resumed;
    private @Nullable Map<String, ?> before;
    private boolean seen;

    /** @param resumed the offset at which the stream goes on; null: a snapshot comes before it */
    SlotWatch(String slot, String url, Map<String, String> properties, @Nullable Map<String, ?> resumed) {
        this.slot = slot;
        this.url = url;
        this.user = properties.getOrDefault("database.user", "");
        this.password = properties.getOrDefault("database.password", "");
        this.resumed = resumed;
        this.before = resumed;
    }

    /**
     * Looks at what Debezium gave before anybody else does.
     *
     * @throws ResnapshotException if changes since the snapshot are missing: read anew, nothing is
     * @throws LostLogException if changes since the stop are missing
     */
    void see(@Nullable List<SourceRecord> polled) {
        if (seen || polled == null || polled.isEmpty()) {
            return;
        }
        if (before == null) {
            before = polled.getFirst().sourceOffset();
        }
        if (!SafeOffset.initial(polled.getLast().sourceOffset())) {
            ask(before);
        }
    }

    private void ask(Map<String, ?> since) {
        try (Connection database = DriverManager.getConnection(url, user, password)) {
            boolean inUse = PostgresCheck.inUse(database, slot);
            String gap = PostgresCheck.gap(database, slot, since);
            if (gap != null) {
                throw resumed == null ? new ResnapshotException(gap) : new LostLogException(gap);
            }
            seen = inUse;
        } catch (SQLException e) {
            throw new RetriableException("the source can't be asked for its log (SQL state " + e.getSQLState() + ')');
        }
    }
}
