package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.SubjectPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link SourceCheck} for SQL Server: what its change data capture keeps, and whether a snapshot can be read without locks. */
final class SqlServerCheck implements SourceCheck {
    private static final Set<Integer> MAY_NOT_SEE = Set.of(262, 297, 300, 371);
    private static final String OF_TABLE = " WHERE object_id = OBJECT_ID(?)";
    private static final String LARGE = " AND (c.max_length = -1 OR TYPE_NAME(c.system_type_id) IN ('text', 'ntext'))";

    @Override
    public List<String> server(Connection database) throws SQLException {
        List<String> problems = new ArrayList<>();
        if (!captures(database)) {
            problems.add("change data capture is off: EXEC sys.sp_cdc_enable_db, in this database");
        }
        if (!Asked.of(database, "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()")
                .contains("1")) {
            problems.add("snapshot isolation is off, and without it a snapshot would lock whole tables:"
                    + " ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON");
        }
        if (agentStopped(database)) {
            problems.add("the SQL Server Agent does not run, so that no change is captured: start it");
        }
        return problems;
    }

    private static boolean captures(Connection database) throws SQLException {
        return Asked.of(database, "SELECT CAST(is_cdc_enabled AS int) FROM sys.databases WHERE database_id = DB_ID()")
                .contains("1");
    }

    /** False also where the login may not see it, and where the server has no Agent. */
    private static boolean agentStopped(Connection database) throws SQLException {
        try {
            List<String> status = Asked.of(
                    database, "SELECT status FROM sys.dm_server_services WHERE servicename LIKE N'SQL Server Agent%'");
            return !status.isEmpty() && !status.contains("4");
        } catch (SQLException e) {
            if (MAY_NOT_SEE.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public List<String> table(Connection database, DatasetPlan dataset) throws SQLException {
        if (!captures(database)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>(values(database, dataset));
        List<String> instances = instances(database, dataset.table());
        if (instances.isEmpty()) {
            problems.add("the table's changes are not captured: " + enabling(dataset.table()));
        } else {
            problems.addAll(captured(database, dataset, instances.getFirst()));
        }
        return problems;
    }

    /** The table's capture instances, the newest first: the connector reads from that. */
    private static List<String> instances(Connection database, String table) throws SQLException {
        return Asked.of(
                database,
                "SELECT capture_instance FROM cdc.change_tables WHERE source_object_id = OBJECT_ID(?)"
                        + " ORDER BY create_date DESC",
                table);
    }

    private static List<String> captured(Connection database, DatasetPlan dataset, String instance)
            throws SQLException {
        List<String> problems = new ArrayList<>();
        Set<String> columns = new HashSet<>(Asked.of(
                database,
                "SELECT LOWER(column_name) FROM cdc.captured_columns c JOIN cdc.change_tables t"
                        + " ON t.object_id = c.object_id WHERE t.capture_instance = ?",
                instance));
        for (ItemPlan item : dataset.items().values()) {
            if (!item.name().equals(SubjectPlan.ROLE_ITEM)
                    && !columns.contains(SourceCheck.folded(item.sourceName()))) {
                problems.add("capture instance %s leaves out column %s (item %s); make another that has it: %s"
                        .formatted(instance, item.sourceName(), item.name(), enabling(dataset.table())));
            }
        }
        for (String role : Asked.of(
                database,
                "SELECT role_name FROM cdc.change_tables WHERE capture_instance = ? AND role_name IS NOT NULL"
                        + " AND IS_ROLEMEMBER(role_name) = 0 AND IS_ROLEMEMBER(N'db_owner') = 0",
                instance)) {
            problems.add("the user may not read what is captured: ALTER ROLE " + role + " ADD MEMBER …");
        }
        if (Asked.of(database, "SELECT 1 WHERE sys.fn_cdc_get_max_lsn() >= sys.fn_cdc_get_min_lsn(?)", instance)
                .isEmpty()) {
            problems.add("its changes are captured only since now, and the capture job has not come there yet:"
                    + " start again in some minutes, or after a change of any captured table");
        }
        return problems;
    }

    /** Columns whose changes the capture can't tell. */
    private static List<String> values(Connection database, DatasetPlan dataset) throws SQLException {
        Set<String> computed = new HashSet<>(Asked.of(
                database,
                "SELECT LOWER(c.name) FROM sys.columns c" + OF_TABLE + " AND c.is_computed = 1",
                dataset.table()));
        Set<String> large = new HashSet<>(
                Asked.of(database, "SELECT LOWER(c.name) FROM sys.columns c" + OF_TABLE + LARGE, dataset.table()));
        Set<String> keys = new HashSet<>(dataset.rowKey());
        dataset.subjects().forEach(subject -> keys.add(subject.item()));
        List<String> problems = new ArrayList<>();
        for (ItemPlan item : dataset.items().values()) {
            String column = SourceCheck.folded(item.sourceName());
            if (computed.contains(column)) {
                problems.add(
                        "column %s (item %s) is computed, and change data capture gives null for it: leave it out, or"
                                        .formatted(item.sourceName(), item.name())
                                + " make it a column of its own");
            }
            if (keys.contains(item.name()) && large.contains(column)) {
                problems.add("column %s (item %s) tells rows apart and is of a large type, which change data capture"
                                .formatted(item.sourceName(), item.name())
                        + " leaves out of before-images: give it a length");
            }
        }
        return problems;
    }

    private static String enabling(String table) {
        int dot = table.indexOf('.');
        return "EXEC sys.sp_cdc_enable_table @source_schema = N'%s', @source_name = N'%s', @role_name = NULL"
                .formatted(dot < 0 ? "dbo" : table.substring(0, dot), table.substring(dot + 1));
    }

    @Override
    public Set<String> columns(Connection database, DatasetPlan dataset) throws SQLException {
        return new HashSet<>(Asked.of(database, "SELECT LOWER(name) FROM sys.columns" + OF_TABLE, dataset.table()));
    }

    @Override
    public List<String> primaryKey(Connection database, DatasetPlan dataset) throws SQLException {
        return Asked.of(database, "SELECT c.name" + keyed("i.is_primary_key = 1"), dataset.table());
    }

    /** All but filtered and disabled ones; SQL Server has no deferred constraints. */
    @Override
    public List<Set<String>> unique(Connection database, DatasetPlan dataset) throws SQLException {
        Map<String, Set<String>> found = new HashMap<>();
        String unique = "i.is_unique = 1 AND i.has_filter = 0 AND i.is_disabled = 0";
        for (String one :
                Asked.of(database, "SELECT CONCAT(i.index_id, '|', LOWER(c.name))" + keyed(unique), dataset.table())) {
            int bar = one.indexOf('|');
            found.computeIfAbsent(one.substring(0, bar), index -> new HashSet<>())
                    .add(one.substring(bar + 1));
        }
        return List.copyOf(found.values());
    }

    private static String keyed(String index) {
        return " FROM sys.indexes i JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id"
                + " JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id"
                + " WHERE i.object_id = OBJECT_ID(?) AND k.is_included_column = 0 AND " + index
                + " ORDER BY i.index_id, k.key_ordinal";
    }

    @Override
    public long estimate(Connection database, DatasetPlan dataset) throws SQLException {
        return Asked.of(
                        database,
                        "SELECT COALESCE(SUM(rows), -1) FROM sys.partitions" + OF_TABLE + " AND index_id IN (0, 1)",
                        dataset.table())
                .stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }

    /** Why the change tables no longer have what follows a position, null: they have. */
    static @Nullable String gap(Connection database, List<DatasetPlan> datasets, Map<String, ?> offset)
            throws SQLException {
        String position =
                String.valueOf(offset.get("commit_lsn")).replace(":", "").replace("NULL", "0");
        if (Asked.of(database, "SELECT CONVERT(varchar(20), sys.fn_cdc_get_max_lsn(), 2)").stream()
                .anyMatch(newest -> newest != null && newest.compareToIgnoreCase(position) < 0)) {
            return "it was restored, or this is another server: it has not yet come to where the reading stopped";
        }
        for (DatasetPlan dataset : datasets) {
            List<String> oldest = captures(database)
                    ? Asked.of(
                            database,
                            "SELECT CONVERT(varchar(20), sys.fn_cdc_get_min_lsn(capture_instance), 2) FROM"
                                    + " cdc.change_tables WHERE source_object_id = OBJECT_ID(?)",
                            dataset.table())
                    : List.of();
            if (oldest.stream().allMatch(lsn -> lsn.compareToIgnoreCase(position) > 0)) {
                return "the captured changes of " + dataset.table()
                        + " no longer reach back to where the reading stopped"
                        + (oldest.isEmpty() ? " (its capture is off)" : " (the clean-up job has removed them)");
            }
        }
        return null;
    }
}
