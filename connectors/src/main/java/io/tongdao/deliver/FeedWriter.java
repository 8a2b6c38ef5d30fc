package io.tongdao.deliver;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes one feed into the receiving database. The first epoch goes straight into the table; a later one into a table of its own,
 * which takes the place of the shown one in a single transaction once its backfill is complete.
 */
final class FeedWriter {
    private final DeliveryFeed feed;
    private final String topicId;
    private final int partitions;
    private final String schema;
    private final DeliveryLedger ledger;
    private final WireFormat.Reader reader;
    private TargetTable table;
    private boolean shown;

    FeedWriter(
            DeliveryFeed feed, String topicId, int partitions, String schema, DeliveryLedger ledger, WireFormat wire) {
        this.feed = feed;
        this.topicId = topicId;
        this.partitions = partitions;
        this.schema = schema;
        this.ledger = ledger;
        this.reader = wire.reader(feed.value());
        this.table = new TargetTable(schema, feed.table(), feed.value());
    }

    /** Makes or finds the tables; afterwards {@link #next} tells where to read on. */
    void open(Connection connection) throws SQLException {
        int now = ledger.epoch(connection, feed.table());
        if (now == 0) {
            ledger.show(connection, feed.table(), feed.epoch());
        }
        shown = now == 0 || now >= feed.epoch();
        table = new TargetTable(schema, shown ? feed.table() : staging(), feed.value());
        table.create(connection);
    }

    long next(Connection connection, int partition) throws SQLException {
        return ledger.next(connection, topicId, partition);
    }

    /** Writes a partition's records with the offset after them; the caller commits. */
    void write(Connection connection, int partition, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        Map<String, @Nullable GenericRecord> last = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (SubjectKey.isMarker(record.key())) {
                ledger.mark(connection, topicId, partition, key);
            } else {
                last.remove(key);
                last.put(key, record.value() == null ? null : reader.decode(record.value()));
            }
        }
        table.apply(connection, last);
        ledger.advance(connection, topicId, partition, records.getLast().offset() + 1);
        if (!shown && complete(connection)) {
            swap(connection);
        }
    }

    private boolean complete(Connection connection) throws SQLException {
        for (int partition = 0; partition < partitions; partition++) {
            if (!ledger.marks(connection, topicId, partition).containsAll(feed.markers())) {
                return false;
            }
        }
        return true;
    }

    private void swap(Connection connection) throws SQLException {
        TargetTable old = new TargetTable(schema, feed.table(), feed.value());
        try (Statement sql = connection.createStatement()) {
            sql.execute("drop table if exists " + old.name());
            sql.execute("alter table " + table.name() + " rename to " + TargetTable.quote(feed.table()));
        }
        ledger.show(connection, feed.table(), feed.epoch());
        table = old;
        shown = true;
    }

    private String staging() {
        return feed.table() + "__e" + feed.epoch();
    }
}
