package io.tongdao.collect;

import io.debezium.schema.SchemaTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Debezium's names of topics, {@code prefix.schema.table}, each found once. Debezium asks for one with each event, and its own strategy keeps
 * them by when they were last used, under a lock: a fifteenth of what a snapshot's row cost its thread. There are as many as a connection has
 * tables.
 *
 * <p>Public, and named in settings, because Debezium makes it.
 */
public final class SchemaTopics extends SchemaTopicNamingStrategy {
    private final Map<DataCollectionId, String> names = new ConcurrentHashMap<>();

    public SchemaTopics(Properties properties) {
        super(properties);
    }

    @Override
    public String dataChangeTopic(DataCollectionId table) {
        return names.computeIfAbsent(table, super::dataChangeTopic);
    }
}
