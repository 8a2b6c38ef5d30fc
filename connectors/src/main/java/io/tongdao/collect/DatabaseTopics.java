package io.tongdao.collect;

import io.debezium.schema.DefaultTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The same as {@link SchemaTopics} for databases without schemas: {@code prefix.database.table}. */
public final class DatabaseTopics extends DefaultTopicNamingStrategy {
    private final Map<DataCollectionId, String> names = new ConcurrentHashMap<>();

    public DatabaseTopics(Properties properties) {
        super(properties);
    }

    @Override
    public String dataChangeTopic(DataCollectionId table) {
        return names.computeIfAbsent(table, super::dataChangeTopic);
    }
}
