package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link SourceCheck} for PostgreSQL, and what else collection asks of it: its replication slot. */
final class PostgresCheck implements SourceCheck {
    /** The publication that an agency makes of its collected tables, or lets the capturing login make. */
    static final String PUBLICATION = "tongdao";

    private static final int SLOT_TRIES = 50;

    @Override
    public List<String> server(Connection database) throws SQLException {
        return one(database, "SHOW wal_level").contains("logical")
                ? List.of()
                : List.of("wal_level is not logical: ALTER SYSTEM SET wal_level = logical, then restart the server");
    }

    @Override
    public List<String> table(Connection database, DatasetPlan dataset) throws SQLException {
        List<String> problems = new ArrayList<>();
        if (!one(database, "SELECT relreplident::text FROM pg_class WHERE oid = ?::regclass", dataset.table())
                .contains("f")) {
            problems.add("before-images are not full: ALTER TABLE " + dataset.table() + " REPLICA IDENTITY FULL");
        }
        String published = "SELECT pubname FROM pg_publication_tables WHERE pubname = ?"
                + " AND schemaname || '.' || tablename = ?";
        if (one(database, published, PUBLICATION, dataset.table()).isEmpty()) {
            publish(database, dataset.table()).ifPresent(problems::add);
        }
        return problems;
    }

    /** Adds the table to the publication, or says what its owner has to run: the login that captures may own nothing. */
    private static Optional<String> publish(Connection database, String table) throws SQLException {
        boolean there = !one(database, "SELECT pubname FROM pg_publication WHERE pubname = ?", PUBLICATION)
                .isEmpty();
        String sql = there
                ? "ALTER PUBLICATION " + PUBLICATION + " ADD TABLE " + table
                : "CREATE PUBLICATION " + PUBLICATION + " FOR TABLE " + table;
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(
                    "the table is not published (SQL state " + e.getSQLState() + "); as its owner run: " + sql);
        }
    }

    @Override
    public Set<String> columns(Connection database, DatasetPlan dataset) throws SQLException {
        return new HashSet<>(one(
                database,
                "SELECT lower(attname) FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped",
                dataset.table()));
    }

    @Override
    public List<String> primaryKey(Connection database, DatasetPlan dataset) throws SQLException {
        return one(
                database,
                "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)"
                        + " WHERE indrelid = ?::regclass AND indisprimary",
                dataset.table());
    }

    @Override
    public List<Set<String>> unique(Connection database, DatasetPlan dataset) throws SQLException {
        List<Set<String>> found = new ArrayList<>();
        for (String columns : one(
                database,
                "SELECT string_agg(lower(attname), '|') FROM pg_index JOIN pg_attribute ON attrelid = indrelid"
                        + " AND attnum = ANY ((indkey::int2[])[0:indnkeyatts - 1]) WHERE indrelid = ?::regclass"
                        + " AND indisunique AND indisvalid AND indimmediate AND indpred IS NULL AND indexprs IS NULL"
                        + " GROUP BY indexrelid",
                dataset.table())) {
            found.add(Set.of(columns.split("\\|", -1)));
        }
        return found;
    }

    /** Whether the slot still has what a resumed stream needs. */
    static boolean slotUsable(Connection database, String slot) throws SQLException {
        return !one(
                        database,
                        "SELECT slot_name FROM pg_replication_slots WHERE slot_name = ? AND wal_status <> 'lost'",
                        slot)
                .isEmpty();
    }

    /** Removes the slot of a broken-off snapshot, so that the next one begins with a slot's own consistent view. */
    static void dropSlot(Connection database, String slot) throws SQLException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                one(
                        database,
                        "SELECT pg_drop_replication_slot(slot_name)::text FROM pg_replication_slots WHERE slot_name = ?",
                        slot);
                return;
            } catch (SQLException e) {
                boolean inUse = "55006".equals(e.getSQLState());
                if (!inUse || i >= SLOT_TRIES) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    private static List<String> one(Connection database, String sql, String... arguments) throws SQLException {
        try (PreparedStatement query = database.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                query.setString(i + 1, arguments[i]);
            }
            return strings(query.executeQuery());
        }
    }

    static List<String> strings(ResultSet rows) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = rows.getStatement()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
