package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
                "SELECT lower(attname) FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT"
                        + " attisdropped",
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

    /** About how many rows a table has, by the planner's figures; -1: it has none. */
    @Override
    public long estimate(Connection database, DatasetPlan dataset) throws SQLException {
        return one(database, "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(?)", dataset.table())
                .stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }

    /** Why the slot no longer has what follows a position, null: it has. */
    static @Nullable String gap(Connection database, String slot, Map<String, ?> offset) throws SQLException {
        List<String> status = one(
                database,
                "SELECT coalesce(wal_status, 'lost') || ' ' || (coalesce(confirmed_flush_lsn, '0/0') - '0/0') FROM"
                        + " pg_replication_slots WHERE slot_name = ? AND database = current_database()",
                slot);
        if (status.isEmpty()) {
            return "its replication slot " + slot + " is gone";
        }
        String[] words = status.getFirst().split(" ", -1);
        if (words[0].equals("lost")) {
            return "its replication slot " + slot + " is invalid: the server has removed the log that it kept"
                    + " (max_slot_wal_keep_size)";
        }
        // What was confirmed to a slot was noted before: it can be ahead only if it is another slot of that name.
        boolean ahead = noted(offset) > 0 && Long.parseLong(words[1]) > noted(offset);
        return ahead ? "its replication slot " + slot + " was made anew, later than where the reading stopped" : null;
    }

    /** Whether somebody reads from a slot now. */
    static boolean inUse(Connection database, String slot) throws SQLException {
        return !one(
                        database,
                        "SELECT slot_name FROM pg_replication_slots WHERE slot_name = ? AND active AND database ="
                                + " current_database()",
                        slot)
                .isEmpty();
    }

    /**
     * The furthest log position of an offset; 0: it has none. A row lies behind the last commit before it where its transaction began
     * earlier, and the commit is what a slot is told.
     */
    private static long noted(Map<String, ?> offset) {
        long noted = 0;
        for (String position : List.of("lsn", "lsn_proc", "lsn_commit")) {
            noted = offset.get(position) instanceof Number lsn ? Math.max(noted, lsn.longValue()) : noted;
        }
        return noted;
    }

    /** As {@link #dropSlot(Connection, String)}; a database that is no PostgreSQL has no slot. */
    static void dropSlot(Source source, String password) {
        if (source.engine() != Source.Engine.POSTGRESQL) {
            return;
        }
        String slot = ConnectorSettings.slot(source);
        try (Connection database = SourceCheck.connect(source, password)) {
            dropSlot(database, slot);
        } catch (SQLException e) {
            throw new CollectException(
                    "connection %s: replication slot %s can't be dropped (SQL state %s)"
                            .formatted(source.name(), slot, e.getSQLState()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("connection " + source.name() + ": interrupted at start", e);
        }
    }

    /** Removes the slot of a broken-off snapshot, so that the next one begins with a slot's own consistent view. */
    static void dropSlot(Connection database, String slot) throws SQLException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                one(
                        database,
                        "SELECT pg_drop_replication_slot(slot_name)::text FROM pg_replication_slots WHERE slot_name ="
                                + " ?",
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
