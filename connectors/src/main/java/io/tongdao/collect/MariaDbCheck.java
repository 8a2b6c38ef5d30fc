package io.tongdao.collect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link SourceCheck} for MariaDB. */
final class MariaDbCheck implements BinlogCheck {
    /** Why the binlog no longer has what follows a position, null: it has. */
    static @Nullable String gap(Connection database, Map<String, ?> offset) throws SQLException {
        String purged = BinlogCheck.purged(database, offset);
        if (purged != null || !(offset.get("gtids") instanceof String gtids)) {
            return purged;
        }
        Map<String, Long> reached = new HashMap<>();
        for (String set : Asked.of(database, "SELECT @@global.gtid_binlog_pos")) {
            reached.putAll(domains(set));
        }
        boolean behind =
                domains(gtids).entrySet().stream().anyMatch(e -> reached.getOrDefault(e.getKey(), -1L) < e.getValue());
        return behind
                ? "its binlog was reset, or this is another server: it has not yet come to where the reading stopped"
                : null;
    }

    /** Domain → newest sequence of a GTID list such as {@code 0-1-100,1-2-7}. */
    private static Map<String, Long> domains(String gtids) {
        Map<String, Long> newest = new HashMap<>();
        for (String gtid : gtids.strip().split("\\s*,\\s*", -1)) {
            String[] parts = gtid.split("-", -1);
            if (parts.length == 3) {
                newest.merge(parts[0], Long.parseLong(parts[2]), Math::max);
            }
        }
        return newest;
    }
}
