package io.tongdao.deliver;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes one epoch of one return into its database. The first goes straight into the table; a later one into a table beside it, whose rows take the
 * place of the shown ones in a single transaction once its backfill is complete.
 */
final class FeedWriter {
    private final DeliveryFeed feed;
    private final String topicId;
    private final int partitions;
    private final DeliveryLedger ledger;
    private final WireFormat.Reader reader;
    private final EpochSwitch epochs;
    private final Map<Integer, Long> next = new HashMap<>();
    private boolean shown;

    FeedWriter(DeliveryFeed feed, String topicId, int partitions, Receiving receiving, WireFormat wire) {
        this.feed = feed;
        this.topicId = topicId;
        this.partitions = partitions;
        this.ledger = receiving.ledger();
        this.reader = wire.reader(feed.schema());
        this.epochs = new EpochSwitch(feed, topicId, receiving);
    }

    /**
     * Makes or finds the tables, and finishes what a former process began; afterwards {@link #next} tells where to read on.
     *
     * @throws DeliveryRefused if a table of that name is not ours
     */
    void open(Connection connection) throws SQLException {
        shown = epochs.begin(connection);
        for (int partition = 0; partition < partitions; partition++) {
            next.put(partition, ledger.next(connection, topicId, partition));
        }
        settle(connection);
        connection.commit();
    }

    long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Whether readers of the table see this epoch. */
    boolean shown() {
        return shown;
    }

    /** Writes and commits a partition's records with the offset after them. */
    void write(Connection connection, int partition, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        long after = records.getLast().offset() + 1;
        ledger.advance(connection, topicId, partition, next(partition), after);
        Map<String, @Nullable GenericRecord> last = new LinkedHashMap<>();
        boolean marked = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (SubjectKey.isMarker(record.key())) {
                ledger.mark(connection, topicId, partition, key);
                marked = true;
            } else {
                last.remove(key);
                last.put(key, record.value() == null ? null : reader.decode(record.value()));
            }
        }
        epochs.table(shown).apply(connection, last);
        connection.commit();
        next.put(partition, after);
        if (marked) {
            settle(connection);
        }
    }

    /** Whether the backfill of this epoch is there whole. */
    boolean complete(Connection connection) throws SQLException {
        for (int partition = 0; partition < partitions; partition++) {
            if (!ledger.marks(connection, topicId, partition).containsAll(feed.markers())) {
                return false;
            }
        }
        return true;
    }

    private void settle(Connection connection) throws SQLException {
        if (!shown && complete(connection)) {
            epochs.takeOver(connection);
            shown = true;
        }
    }
}
