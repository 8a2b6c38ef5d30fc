package io.tongdao.collect;

import io.debezium.connector.common.BaseSourceTask;
import io.debezium.pipeline.notification.Notification;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a Debezium task polled into keyed records, and gives each the newest source offset after which nothing is missing: all
 * records of one event but the last carry the offset before the event, and so does an event whose log position may have more to come
 * ({@link SafeOffset}). A crash therefore repeats, it never skips.
 *
 * <p>Debezium's notifications quote primary keys: they end here. What they say of a table that has been read becomes a {@link Scanned}.
 */
final class KeyedPoll {
    /** Debezium's topic of notifications; nothing is ever written to it. */
    static final String NOTIFICATIONS = CollectTopics.PREFIX + "notifications";

    private static final String INCREMENTAL = "Incremental Snapshot";

    private final Map<String, KeyBySubject> tables;
    private final Map<String, DatasetPlan> datasets = new HashMap<>();
    private final String prefix;
    private final String namespace;
    private final String heartbeats;
    private final SafeOffset safe;
    private final @Nullable ClusterTask cluster;
    private final SourceTaskContext context;
    private @Nullable ChangesWaiting waiting;
    private boolean started;
    private boolean begun;
    private boolean marked;

    KeyedPoll(Map<String, String> properties, SafeOffset.Rule rule, DateDoubt doubt, SourceTaskContext context) {
        KeyedConfig config = KeyedConfig.of(properties);
        this.prefix = properties.getOrDefault("topic.prefix", "");
        this.cluster = ClusterTask.of(properties);
        this.namespace = ConnectorSettings.namespace(prefix, properties);
        this.tables = config.byTopic(namespace, doubt, cluster == null);
        config.datasets().forEach(dataset -> datasets.put(dataset.table(), dataset));
        this.heartbeats = properties.getOrDefault("topic.heartbeat.prefix", "__debezium-heartbeat");
        this.safe = new SafeOffset(rule, context);
        this.context = context;
    }

    /** In a Connect cluster; elsewhere the collector has asked the source already. */
    void check(Source.Engine engine, Map<String, String> properties) {
        if (cluster != null) {
            cluster.check(engine, properties);
        }
    }

    /** What Debezium has, once it has something. */
    interface Polling {
        @Nullable
        List<SourceRecord> poll() throws InterruptedException;
    }

    /** Waits for changes of a task, and keys them. */
    @Nullable
    List<SourceRecord> poll(BaseSourceTask<?, ?> task, Polling debezium) throws InterruptedException {
        if (!started) {
            started = true;
            waiting = ChangesWaiting.of(task);
        }
        if (waiting != null) {
            waiting.await();
        }
        return apply(debezium.poll());
    }

    private @Nullable List<SourceRecord> apply(@Nullable List<SourceRecord> polled) {
        if (polled == null || polled.isEmpty()) {
            return polled;
        }
        List<SourceRecord> keyed = new ArrayList<>(polled.size() + 16);
        polled.forEach(event -> add(event, keyed));
        return keyed;
    }

    private void add(SourceRecord event, List<SourceRecord> keyed) {
        Map<String, ?> before = safe.offset(event.sourcePartition());
        if (event.topic().equals(NOTIFICATIONS)) {
            notified(event, before == null ? event.sourceOffset() : before, keyed);
            return;
        }
        Map<String, ?> after = safe.advance(event);
        KeyBySubject table = tables.get(event.topic());
        if (cluster != null) {
            boolean repeated = table != null && safe.repeats();
            after = safe.counted(after);
            mark(cluster, event, before == null ? after : before, keyed);
            if (repeated) {
                return;
            }
        }
        if (table == null) {
            if (event.topic().startsWith(heartbeats)) {
                keyed.add(
                        cluster == null
                                ? new SourceRecord(event.sourcePartition(), after, event.topic(), null, null)
                                : cluster.heartbeat(event, after, prefix));
            }
            return;
        }
        List<KeyedRow> rows = table.apply(event);
        for (int i = 0; i < rows.size(); i++) {
            boolean last = i == rows.size() - 1;
            keyed.add(rows.get(i).record(event.sourcePartition(), last || before == null ? after : before));
        }
    }

    private void notified(SourceRecord event, Map<String, ?> offset, List<SourceRecord> keyed) {
        Struct notification = (Struct) event.value();
        if (!INCREMENTAL.equals(notification.getString(Notification.AGGREGATE_TYPE))) {
            return;
        }
        Map<String, String> told = notification.getMap(Notification.ADDITIONAL_DATA);
        switch (notification.getString(Notification.TYPE)) {
            case "IN_PROGRESS" -> {
                KeyBySubject table = tables.get(namespace + '.' + told.get("current_collection_in_progress"));
                if (table != null) {
                    table.chunk();
                }
            }
            case "TABLE_SCAN_COMPLETED" -> {
                DatasetPlan dataset = datasets.get(told.getOrDefault("scanned_collection", ""));
                KeyBySubject table = tables.get(namespace + '.' + told.get("scanned_collection"));
                if (dataset != null && table != null) {
                    Scanned scanned = new Scanned(dataset.id(), told.getOrDefault("status", ""));
                    if (scanned.whole()) {
                        table.readWhole().forEach(row -> keyed.add(row.record(event.sourcePartition(), offset)));
                    }
                    keyed.add(scanned.record(event.sourcePartition(), offset));
                }
            }
            default -> {}
        }
    }

    /** Ahead of the first event that is past the snapshot: its markers, under the offset before it. */
    @SuppressWarnings("unchecked") // a source partition's values are strings
    private void mark(ClusterTask cluster, SourceRecord event, Map<String, ?> offset, List<SourceRecord> keyed) {
        if (!begun) {
            begun = true;
            marked = cluster.complete(context, (Map<String, String>) event.sourcePartition());
        }
        if (!marked && !event.sourceOffset().containsKey("snapshot")) {
            marked = true;
            keyed.addAll(cluster.endMarkers(event.sourcePartition(), offset));
        }
    }
}
