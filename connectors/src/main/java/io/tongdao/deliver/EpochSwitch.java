package io.tongdao.deliver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which epoch a delivered table shows, and how the next one takes its place: the table stays, with the receiver's own indexes, rights and views, and gets
 * the rows that differ in one transaction. Every step can be cut off and is taken up again by what the ledger says, since definitions end a
 * transaction in some engines.
 */
final class EpochSwitch {
    private static final String BESIDE = "__next";
    private final DeliveryFeed feed;
    private final String topicId;
    private final Dialect sql;
    private final DeliveryLedger ledger;
    private final List<Column> columns;
    private final TargetTable shown;
    private final TargetTable beside;

    EpochSwitch(DeliveryFeed feed, String topicId, Receiving receiving) {
        this.feed = feed;
        this.topicId = topicId;
        this.sql = receiving.sql();
        this.ledger = receiving.ledger();
        this.columns = Column.of(feed, sql);
        this.shown = new TargetTable(sql, receiving.schema(), feed.table(), columns);
        this.beside = new TargetTable(sql, receiving.schema(), feed.table() + BESIDE, columns);
    }

    /** The table that this epoch's rows go into. */
    TargetTable table(boolean isShown) {
        return isShown ? shown : beside;
    }

    /**
     * Makes what this epoch is written into.
     *
     * @return whether that is the table that is shown
     */
    boolean begin(Connection connection) throws SQLException {
        Optional<LedgerEntry> known = ledger.entry(connection, feed.table());
        LedgerEntry entry = known.isPresent() ? known.get() : claim(connection);
        if (!entry.grant().equals(feed.grant())) {
            throw new DeliveryRefused("table %s belongs to the return %s: give the grant another id"
                    .formatted(feed.table(), entry.grant()));
        }
        if (entry.shows(topicId)) {
            make(connection, shown, feed.table());
            tidy(connection, entry);
            return true;
        }
        if (!entry.fills(topicId)) {
            fill(connection, entry);
        }
        make(connection, beside, feed.table() + BESIDE);
        connection.commit();
        return false;
    }

    /** A table that is missing is filled from the beginning: whoever dropped it took its rows along. */
    private void make(Connection connection, TargetTable table, String name) throws SQLException {
        if (!ledger.has(connection, name)) {
            ledger.forget(connection, topicId);
            table.create(connection, "通道回流 " + feed.grant() + "，来自 " + feed.source());
        }
    }

    private LedgerEntry claim(Connection connection) throws SQLException {
        refuseForeign(connection, feed.table());
        LedgerEntry entry = LedgerEntry.first(feed, topicId, Column.written(columns));
        ledger.claim(connection, entry);
        connection.commit();
        return entry;
    }

    /** A table that is there without being known is somebody else's. */
    private void refuseForeign(Connection connection, String table) throws SQLException {
        if (ledger.has(connection, table)) {
            throw new DeliveryRefused(
                    "there is a table or view %s that this exchange did not make: rename it, it is never overwritten"
                            .formatted(table));
        }
    }

    private void fill(Connection connection, LedgerEntry entry) throws SQLException {
        if (entry.nextTopicId().isEmpty()) {
            refuseForeign(connection, feed.table() + BESIDE);
        } else {
            ledger.forget(connection, entry.nextTopicId());
            DeliveryLedger.run(connection, "drop table if exists " + beside.name());
        }
        ledger.change(connection, entry, entry.filling(feed.epoch(), topicId));
        connection.commit();
    }

    /** The rows of the complete epoch take the place of those that are shown, in one step for every reader. */
    void takeOver(Connection connection) throws SQLException {
        LedgerEntry entry = ledger.entry(connection, feed.table()).orElseThrow();
        Map<String, String> had = Column.read(entry.columns());
        LedgerEntry wider = widen(connection, entry, had);
        List<Column> other = columns.stream()
                .filter(c -> had.containsKey(c.name()) && !c.type().equals(had.get(c.name())))
                .toList();
        for (Column column : other) {
            for (String statement : sql.retype(shown.name(), column, had.getOrDefault(column.name(), ""))) {
                DeliveryLedger.run(connection, statement);
            }
        }
        DeliveryLedger.run(connection, sql.deleteGone(shown.name(), beside.name()));
        List<String> names = columns.stream().map(Column::name).toList();
        List<String> stale =
                had.keySet().stream().filter(c -> !names.contains(c)).toList();
        DeliveryLedger.run(connection, sql.takeOver(shown.name(), beside.name(), names, stale));
        ledger.forget(connection, entry.topicId());
        LedgerEntry over = wider.takenOver();
        ledger.change(connection, wider, over);
        tidy(connection, over);
    }

    /** Adds the columns that the table has not, written down first; they are empty until the rows are taken over. */
    private LedgerEntry widen(Connection connection, LedgerEntry entry, Map<String, String> had) throws SQLException {
        Set<String> there = ledger.columns(connection, feed.table());
        for (Column column : columns) {
            if (there.contains(column.name()) && !had.containsKey(column.name())) {
                throw new DeliveryRefused("table %s has a column %s that this exchange did not make: rename it"
                        .formatted(feed.table(), column.name()));
            }
        }
        Map<String, String> all = new LinkedHashMap<>(had);
        columns.forEach(column -> all.putIfAbsent(column.name(), column.type()));
        LedgerEntry wider = entry.having(Column.written(all));
        ledger.change(connection, entry, wider);
        connection.commit();
        for (Column column : columns) {
            if (!there.contains(column.name())) {
                for (String statement : sql.addColumn(shown.name(), column)) {
                    DeliveryLedger.run(connection, statement);
                }
            }
        }
        connection.commit();
        return wider;
    }

    /** Takes away what the shown epoch has not: columns of the former one, and the table beside. */
    private void tidy(Connection connection, LedgerEntry entry) throws SQLException {
        LedgerEntry tidied = (entry.fills(LedgerEntry.LEFT) ? entry.alone() : entry).having(Column.written(columns));
        Set<String> there = ledger.columns(connection, feed.table());
        for (String column : Column.read(entry.columns()).keySet()) {
            if (there.contains(column)
                    && columns.stream().noneMatch(c -> c.name().equals(column))) {
                DeliveryLedger.run(connection, sql.dropColumn(shown.name(), column));
            }
        }
        if (entry.fills(LedgerEntry.LEFT)) {
            DeliveryLedger.run(connection, "drop table if exists " + beside.name());
        }
        if (!entry.equals(tidied)) {
            ledger.change(connection, entry, tidied);
        }
        connection.commit();
    }
}
