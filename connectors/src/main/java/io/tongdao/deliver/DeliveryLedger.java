package io.tongdao.deliver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the receiving database knows of its deliveries, in the same transactions as the rows: which tables are ours and which epoch
 * each shows or is filling, how far each partition of each topic has been taken, which completion markers were seen. Topics are known by their id:
 * one of the same name on another exchange is another topic.
 */
final class DeliveryLedger {
    private final Dialect sql;
    private final String schema;
    private final String tables;
    private final String offsets;
    private final String markers;

    DeliveryLedger(Dialect sql, String schema) {
        this.sql = sql;
        this.schema = schema;
        String prefix = sql.quote(schema) + ".";
        this.tables = prefix + sql.quote("tongdao_table");
        this.offsets = prefix + sql.quote("tongdao_offset");
        this.markers = prefix + sql.quote("tongdao_marker");
    }

    /** Makes the schema and what is kept in it, where they are missing; the caller commits. */
    void create(Connection connection) throws SQLException {
        if (names(connection, sql.schemas(), schema).isEmpty()) {
            run(connection, sql.createSchema(schema));
        }
        for (String statement : sql.enter(schema)) {
            run(connection, statement);
        }
        if (!has(connection, "tongdao_marker")) {
            String word = sql.word();
            run(
                    connection,
                    "create table if not exists %s (table_name %s primary key, grant_id %s not null, epoch int not null, topic_id %s not null, next_epoch int not null, next_topic_id %s not null, columns_written %s not null)"
                            .formatted(tables, word, word, word, word, sql.prose()));
            run(
                    connection,
                    "create table if not exists %s (topic_id %s, kafka_partition int, next_offset bigint not null, primary key (topic_id, kafka_partition))"
                            .formatted(offsets, word));
            run(
                    connection,
                    "create table if not exists %s (topic_id %s, kafka_partition int, marker %s, primary key (topic_id, kafka_partition, marker))"
                            .formatted(markers, word, word));
        }
    }

    /** Whether the schema has a table, view or the like of this name, whoever made it. */
    boolean has(Connection connection, String table) throws SQLException {
        return !names(connection, sql.relations(), schema, table).isEmpty();
    }

    /** The columns that a table really has, the receiver's own included. */
    Set<String> columns(Connection connection, String table) throws SQLException {
        return new HashSet<>(names(connection, sql.columns(), schema, table));
    }

    /** What is known of a table; empty: it is not ours. */
    Optional<LedgerEntry> entry(Connection connection, String table) throws SQLException {
        String query = "select grant_id, epoch, topic_id, next_epoch, next_topic_id, columns_written from " + tables
                + " where table_name = ?";
        try (PreparedStatement statement = prepared(connection, query, table);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new LedgerEntry(
                            table,
                            row.getString(1),
                            row.getInt(2),
                            row.getString(3),
                            row.getInt(4),
                            row.getString(5),
                            row.getString(6)))
                    : Optional.empty();
        }
    }

    void claim(Connection connection, LedgerEntry entry) throws SQLException {
        update(
                connection,
                "insert into " + tables
                        + " (table_name, grant_id, epoch, topic_id, next_epoch, next_topic_id, columns_written) values (?, ?, ?, ?, ?, ?, ?)",
                entry.table(),
                entry.grant(),
                entry.epoch(),
                entry.topicId(),
                entry.nextEpoch(),
                entry.nextTopicId(),
                entry.columns());
    }

    /** @throws SQLException if somebody else has changed the entry since it was read */
    void change(Connection connection, LedgerEntry from, LedgerEntry to) throws SQLException {
        int changed = update(
                connection,
                "update " + tables
                        + " set epoch = ?, topic_id = ?, next_epoch = ?, next_topic_id = ?, columns_written = ? where table_name = ? and topic_id = ? and next_topic_id = ?",
                to.epoch(),
                to.topicId(),
                to.nextEpoch(),
                to.nextTopicId(),
                to.columns(),
                from.table(),
                from.topicId(),
                from.nextTopicId());
        if (changed == 0) {
            throw overtaken();
        }
    }

    /** The next offset to read, 0 for a partition never read. */
    long next(Connection connection, String topicId, int partition) throws SQLException {
        String query = "select next_offset from " + offsets + " where topic_id = ? and kafka_partition = ?";
        try (PreparedStatement statement = prepared(connection, query, topicId, partition);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * Moves an offset on, before the rows up to it are written: of two that deliver the same, one waits here and then finds that it is late.
     *
     * @throws SQLException if the offset is not {@code from} any more
     */
    void advance(Connection connection, String topicId, int partition, long from, long to) throws SQLException {
        int changed = from == 0
                ? 0
                : update(
                        connection,
                        "update " + offsets
                                + " set next_offset = ? where topic_id = ? and kafka_partition = ? and next_offset = ?",
                        to,
                        topicId,
                        partition,
                        from);
        if (from == 0) {
            update(
                    connection,
                    "insert into " + offsets + " (topic_id, kafka_partition, next_offset) values (?, ?, ?)",
                    topicId,
                    partition,
                    to);
        } else if (changed == 0) {
            throw overtaken();
        }
    }

    void mark(Connection connection, String topicId, int partition, String marker) throws SQLException {
        if (!marks(connection, topicId, partition).contains(marker)) {
            update(
                    connection,
                    "insert into " + markers + " (topic_id, kafka_partition, marker) values (?, ?, ?)",
                    topicId,
                    partition,
                    marker);
        }
    }

    Set<String> marks(Connection connection, String topicId, int partition) throws SQLException {
        String query = "select marker from " + markers + " where topic_id = ? and kafka_partition = ?";
        try (PreparedStatement statement = prepared(connection, query, topicId, partition);
                ResultSet rows = statement.executeQuery()) {
            return new HashSet<>(texts(rows));
        }
    }

    /** Nothing is read of a topic any more. */
    void forget(Connection connection, String topicId) throws SQLException {
        update(connection, "delete from " + offsets + " where topic_id = ?", topicId);
        update(connection, "delete from " + markers + " where topic_id = ?", topicId);
    }

    static void run(Connection connection, String statement) throws SQLException {
        try (var executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    private static SQLException overtaken() {
        return new SQLTransactionRollbackException("another process delivers the same", "40001");
    }

    private static List<String> names(Connection connection, String query, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, query, values);
                ResultSet rows = statement.executeQuery()) {
            return texts(rows);
        }
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
            found.add(rows.getString(1));
        }
        return found;
    }

    private static int update(Connection connection, String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = prepared(connection, statement, values)) {
            return prepared.executeUpdate();
        }
    }

    @SuppressWarnings("MustBeClosed") // its callers close it
    private static PreparedStatement prepared(Connection connection, String text, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
