package io.tongdao.collect;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Pos;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What a task does itself in a Connect cluster, where no {@link Collector} stands beside it: end markers behind a complete snapshot,
 * heartbeats into a topic of their own, so that an idle database's position is noted, and no second snapshot in one epoch.
 *
 * @param heartbeats the topic of heartbeats, with one partition
 */
record ClusterTask(KeyedConfig config, String heartbeats) {
    static final String HEARTBEATS = "tongdao.cluster.heartbeats";
    private static final byte[] END = (SubjectKey.MARKER + "end").getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEAT = {1};

    /** Null in the embedded engine. */
    static @Nullable ClusterTask of(Map<String, String> properties) {
        String heartbeats = properties.get(HEARTBEATS);
        return heartbeats == null ? null : new ClusterTask(KeyedConfig.of(properties), heartbeats);
    }

    /** Asks the source what {@link Collector} asks before it starts: in a cluster nobody else does. */
    void check(Source.Engine engine, Map<String, String> properties) {
        String database = ConnectorSettings.database(engine);
        Source source = new Source(
                properties.getOrDefault("topic.prefix", ""),
                "",
                engine,
                properties.getOrDefault("database.hostname", ""),
                Integer.parseInt(properties.getOrDefault("database.port", "0")),
                properties.getOrDefault(database, ""),
                properties.getOrDefault("database.user", ""),
                "");
        SourceCheck.check(source, config.datasets(), properties.getOrDefault("database.password", ""));
    }

    /**
     * Whether the snapshot was complete when the task started.
     *
     * @throws CollectException if it was broken off: its rows would come again under the positions that they had
     */
    boolean complete(SourceTaskContext context, Map<String, String> partition) {
        Map<String, Object> offset = context.offsetStorageReader().offset(partition);
        if (offset == null) {
            return false;
        }
        boolean whole = Boolean.TRUE.equals(offset.get("last_snapshot_record"))
                || Boolean.TRUE.equals(offset.get("snapshot_completed"));
        if (offset.containsKey("snapshot") && !whole) {
            int epoch = config.epoch(config.datasets().getFirst().id());
            throw new CollectException("the snapshot of epoch " + epoch
                    + " was broken off: replace the connector by one of epoch " + (epoch + 1));
        }
        return !offset.containsKey("snapshot");
    }

    SourceRecord heartbeat(SourceRecord event, Map<String, ?> offset, String connection) {
        byte[] key = connection.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord(
                event.sourcePartition(), offset, heartbeats, 0, Schema.BYTES_SCHEMA, key, KeyedRow.READY, BEAT);
    }

    /** One end marker for each partition of each dataset. */
    List<SourceRecord> endMarkers(Map<String, ?> partition, Map<String, ?> offset) {
        List<SourceRecord> markers = new ArrayList<>();
        for (DatasetPlan dataset : config.datasets()) {
            KeyedRow marker = new KeyedRow(
                    dataset.topic().name(),
                    dataset.topic().partitions(),
                    END,
                    null,
                    new Pos(config.epoch(dataset.id()), 0, 0, 0),
                    null,
                    Op.MARK,
                    dataset.id(),
                    new byte[RowDigest.WIDTH]);
            for (int i = 0; i < dataset.topic().partitions(); i++) {
                markers.add(marker.record(partition, offset, i));
            }
        }
        return markers;
    }
}
