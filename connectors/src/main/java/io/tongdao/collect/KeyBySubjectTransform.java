package io.tongdao.collect;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * {@link KeyBySubject} as a Connect transform behind Debezium's own connectors, for tables whose every change gives one record: one
 * subject a row, identifiers that never change. A transform can't return two records, so a change that gives more stops the task; the
 * keyed connectors have no such bound. Configured by the same {@code tongdao.*} properties, and {@code topic.prefix}.
 */
public final class KeyBySubjectTransform implements Transformation<SourceRecord> {
    private Map<String, KeyBySubject> tables = Map.of();

    @Override
    public void configure(Map<String, ?> settings) {
        Map<String, String> properties = new java.util.HashMap<>();
        settings.forEach((name, value) -> properties.put(name, String.valueOf(value)));
        tables = KeyedConfig.of(properties).byTopic(properties.getOrDefault("topic.prefix", ""), DateDoubt.NONE, false);
    }

    /** Records of other topics pass; null for a change that gives none. */
    @Override
    @SuppressWarnings("NullAway") // Connect drops a record for which a transform gives null
    public SourceRecord apply(SourceRecord event) {
        KeyBySubject table = tables.get(event.topic());
        if (table == null) {
            return event;
        }
        List<KeyedRow> rows = table.apply(event);
        if (rows.size() > 1) {
            throw new CollectException("topic " + event.topic()
                    + ": a change gives several records, which a transform can't return; use the keyed connectors");
        }
        return rows.isEmpty() ? null : rows.getFirst().record(event.sourcePartition(), event.sourceOffset());
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public void close() {}
}
