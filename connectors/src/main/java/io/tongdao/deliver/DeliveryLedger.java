package io.tongdao.deliver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * What the receiving database knows of its deliveries, in the same transactions as the rows: how far each partition of each topic
 * (by topic id) has been taken, which completion markers were seen, which epoch a table shows.
 */
final class DeliveryLedger {
    private final String offsets;
    private final String markers;
    private final String epochs;

    DeliveryLedger(String schema) {
        String prefix = TargetTable.quote(schema) + ".";
        this.offsets = prefix + "tongdao_offset";
        this.markers = prefix + "tongdao_marker";
        this.epochs = prefix + "tongdao_epoch";
    }

    void create(Connection connection, String schema) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("create schema if not exists " + TargetTable.quote(schema));
            sql.execute(
                    "create table if not exists " + offsets
                            + " (topic_id text, kafka_partition int, next_offset bigint not null, primary key (topic_id, kafka_partition))");
            sql.execute(
                    "create table if not exists " + markers
                            + " (topic_id text, kafka_partition int, marker text, primary key (topic_id, kafka_partition, marker))");
            sql.execute("create table if not exists " + epochs + " (table_name text primary key, epoch int not null)");
        }
    }

    /** The next offset to read, 0 for a partition never read. */
    long next(Connection connection, String topicId, int partition) throws SQLException {
        String sql = "select next_offset from " + offsets + " where topic_id = ? and kafka_partition = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, topicId);
            query.setInt(2, partition);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    void advance(Connection connection, String topicId, int partition, long next) throws SQLException {
        String sql = "insert into " + offsets
                + " values (?, ?, ?) on conflict (topic_id, kafka_partition) do update set next_offset = excluded.next_offset";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, topicId);
            update.setInt(2, partition);
            update.setLong(3, next);
            update.executeUpdate();
        }
    }

    void mark(Connection connection, String topicId, int partition, String marker) throws SQLException {
        String sql = "insert into " + markers + " values (?, ?, ?) on conflict do nothing";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, topicId);
            update.setInt(2, partition);
            update.setString(3, marker);
            update.executeUpdate();
        }
    }

    Set<String> marks(Connection connection, String topicId, int partition) throws SQLException {
        String sql = "select marker from " + markers + " where topic_id = ? and kafka_partition = ?";
        Set<String> found = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, topicId);
            query.setInt(2, partition);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    /** The epoch that a table shows, 0 where there is none yet. */
    int epoch(Connection connection, String table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select epoch from " + epochs + " where table_name = ?")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    void show(Connection connection, String table, int epoch) throws SQLException {
        String sql = "insert into " + epochs
                + " values (?, ?) on conflict (table_name) do update set epoch = excluded.epoch";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, table);
            update.setInt(2, epoch);
            update.executeUpdate();
        }
    }
}
