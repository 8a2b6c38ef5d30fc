package io.tongdao.collect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link SourceCheck} for MySQL 8.0 and later. */
final class MySqlCheck implements BinlogCheck {
    @Override
    public List<String> server(Connection database) throws SQLException {
        List<String> problems = new ArrayList<>(BinlogCheck.super.server(database));
        if (!BinlogCheck.variable(database, "gtid_mode", "ON")) {
            problems.add("gtid_mode is not ON, and without it no table can be read beside its stream:"
                    + " SET GLOBAL enforce_gtid_consistency = ON, then gtid_mode = OFF_PERMISSIVE, ON_PERMISSIVE, ON");
        }
        if (!BinlogCheck.variable(database, "binlog_row_value_options", "")) {
            problems.add("JSON values are logged in part: SET GLOBAL binlog_row_value_options = ''");
        }
        problems.addAll(rights(database));
        return problems;
    }

    /** What the login lacks. A login with roles is believed: which of them will be active is not told. */
    private static List<String> rights(Connection database) throws SQLException {
        if (!Asked.of(database, "SELECT current_role()").contains("NONE")) {
            return List.of();
        }
        Set<String> held = new HashSet<>(Asked.of(
                database,
                "SELECT privilege_type FROM information_schema.user_privileges WHERE grantee ="
                        + " concat(quote(substring_index(current_user(), '@', 1)), '@',"
                        + " quote(substring_index(current_user(), '@', -1)))"));
        List<String> problems = new ArrayList<>();
        for (String right : List.of("REPLICATION SLAVE", "REPLICATION CLIENT")) {
            if (!held.contains(right)) {
                problems.add("the user lacks a right: GRANT " + right + " ON *.* TO …");
            }
        }
        if (!held.contains("RELOAD") && !held.contains("FLUSH_TABLES")) {
            problems.add("the user lacks a right, to begin a snapshot of all tables at one moment:"
                    + " GRANT FLUSH_TABLES ON *.* TO …");
        }
        return problems;
    }

    /** Why the binlog no longer has what follows a position, null: it has. */
    static @Nullable String gap(Connection database, Map<String, ?> offset) throws SQLException {
        String purged = BinlogCheck.purged(database, offset);
        if (purged != null || !(offset.get("gtids") instanceof String gtids)) {
            return purged;
        }
        if (answers(database, "SELECT gtid_subset(?, @@global.gtid_executed)", gtids, "0")) {
            return "its binlog was reset, or this is another server: it has not yet come to where the reading stopped";
        }
        return answers(database, "SELECT gtid_subset(@@global.gtid_purged, ?)", gtids, "0")
                ? "its binlog no longer reaches back to where the reading stopped (transactions were purged)"
                : null;
    }

    private static boolean answers(Connection database, String sql, String gtids, String answer) throws SQLException {
        return Asked.of(database, sql, gtids).contains(answer);
    }
}
