package io.tongdao.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a Debezium task polled into keyed records, and gives each the newest source offset after which nothing is missing: all
 * records of one event but the last carry the offset before the event, and so does an event whose log position may have more to come
 * ({@link SafeOffset}). A crash therefore repeats, it never skips.
 */
final class KeyedPoll {
    private final Map<String, KeyBySubject> tables;
    private final String heartbeats;
    private final SafeOffset safe;

    KeyedPoll(Map<String, String> properties, SafeOffset.Rule rule, DateDoubt doubt, SourceTaskContext context) {
        this.tables = KeyedConfig.of(properties).byTopic(properties.getOrDefault("topic.prefix", ""), doubt);
        this.heartbeats = properties.getOrDefault("topic.heartbeat.prefix", "__debezium-heartbeat");
        this.safe = new SafeOffset(rule, context);
    }

    @Nullable
    List<SourceRecord> apply(@Nullable List<SourceRecord> polled) {
        if (polled == null || polled.isEmpty()) {
            return polled;
        }
        List<SourceRecord> keyed = new ArrayList<>(polled.size() + 16);
        polled.forEach(event -> add(event, keyed));
        return keyed;
    }

    private void add(SourceRecord event, List<SourceRecord> keyed) {
        Map<String, ?> before = safe.offset(event.sourcePartition());
        Map<String, ?> after = safe.advance(event);
        KeyBySubject table = tables.get(event.topic());
        if (table == null) {
            if (event.topic().startsWith(heartbeats)) {
                keyed.add(new SourceRecord(event.sourcePartition(), after, event.topic(), null, null));
            }
            return;
        }
        List<KeyedRow> rows = table.apply(event);
        for (int i = 0; i < rows.size(); i++) {
            boolean last = i == rows.size() - 1;
            keyed.add(rows.get(i).record(event.sourcePartition(), last || before == null ? after : before));
        }
    }
}
