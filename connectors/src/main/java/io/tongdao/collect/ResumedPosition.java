package io.tongdao.collect;

import io.debezium.config.Configuration;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotContext;
import io.debezium.pipeline.spi.OffsetContext;
import io.tongdao.contract.plan.DatasetPlan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * What a task does with the position that it resumes from, before Debezium uses it: makes sure that the source's log still reaches
 * back to it, and puts tables that are to be read again into it. A reading beside the stream thus is part of the position: it begins
 * with the stream and its epoch, goes on where a killed one stopped, and needs neither a signal nor a right at the source
 * (ops/decisions/0120).
 */
final class ResumedPosition {
    private final KeyedConfig config;
    private volatile boolean starting;

    ResumedPosition(Map<String, String> properties) {
        this.config = KeyedConfig.of(properties);
    }

    /** Runs a task's start. Debezium asks for offsets then, and at each commit for what to confirm to the source: that needs no look into its log. */
    <T> T during(Supplier<T> start) {
        starting = true;
        try {
            return start.get();
        } finally {
            starting = false;
        }
    }

    /** Asks the database whether its log still has what follows a position; the answer is null or what is wrong. */
    @FunctionalInterface
    interface Log {
        @Nullable
        String gap(Connection database, Map<String, ?> offset) throws SQLException;
    }

    /**
     * Makes ready to go on, while a task starts; later it does nothing.
     *
     * @param offset null: there is none
     * @param url of the database, for JDBC
     * @throws LostLogException if changes may be missing
     */
    void prepare(@Nullable OffsetContext offset, String url, Configuration properties, Log log) {
        if (!starting) {
            return;
        }
        if (offset == null && config.resume()) {
            throw new LostLogException("the position where its reading stopped is gone from the exchange");
        }
        // A task that is started again after a fault of the network may have finished its snapshot meanwhile.
        if (offset == null || offset.isInitialSnapshotRunning()) {
            return;
        }
        try (Connection database = DriverManager.getConnection(
                url, properties.getString("database.user"), properties.getString("database.password"))) {
            String gap = log.gap(database, offset.getOffset());
            if (gap != null) {
                throw new LostLogException(gap);
            }
        } catch (SQLException e) {
            throw new RetriableException("the source can't be asked for its log (SQL state " + e.getSQLState() + ')');
        }
        // Noted at a row that was read beside the stream, the position would have the stream's changes taken for a
        // snapshot's rows.
        offset.postSnapshotCompletion();
        read(offset.getIncrementalSnapshotContext());
    }

    /** A reading of an older epoch, or for other rows, is forgotten with all that was to follow it. */
    private void read(IncrementalSnapshotContext<?> context) {
        Set<String> wanted = new TreeSet<>();
        Set<String> tables = new TreeSet<>();
        for (DatasetPlan dataset : config.datasets()) {
            if (config.rereads().contains(dataset.id())) {
                wanted.add(dataset.table() + '@' + config.epoch(dataset.id()));
                tables.add(dataset.table());
            } else if (config.retries().containsKey(dataset.id())) {
                // Other rows than those that a reading was begun for would have been passed by.
                String rows = Integer.toHexString(
                        config.retries().getOrDefault(dataset.id(), Map.of()).hashCode());
                wanted.add(dataset.table() + '@' + config.epoch(dataset.id()) + '+' + rows);
                tables.add(dataset.table());
            }
        }
        Set<String> begun = begun(context);
        if (!wanted.containsAll(begun)) {
            while (context.snapshotRunning()) {
                context.nextDataCollection();
            }
            begun = Set.of();
        }
        for (String one : begun) {
            tables.remove(one.substring(0, one.lastIndexOf('@')));
        }
        if (!tables.isEmpty()) {
            context.addDataCollectionNamesToSnapshot(String.join(",", wanted), List.copyOf(tables), List.of(), "");
        }
    }

    /** What the position says is still being read, each with the epoch in which that began. */
    private static Set<String> begun(IncrementalSnapshotContext<?> context) {
        Set<String> begun = new TreeSet<>();
        String told = context.getCorrelationId() == null ? "" : context.getCorrelationId();
        context.getDataCollections().forEach(collection -> {
            String table = ((io.debezium.relational.TableId) collection.getId()).identifier();
            String epoch = "?";
            for (String one : told.split(",", -1)) {
                if (one.startsWith(table + '@')) {
                    epoch = one.substring(table.length() + 1);
                }
            }
            begun.add(table + '@' + epoch);
        });
        return begun;
    }
}
