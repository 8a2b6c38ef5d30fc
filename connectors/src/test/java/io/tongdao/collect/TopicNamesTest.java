package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.relational.TableId;
import io.debezium.schema.DefaultTopicNamingStrategy;
import io.debezium.schema.SchemaTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Names of topics found once are Debezium's own. */
class TopicNamesTest {
    private static final List<TableId> TABLES = List.of(
            new TableId("hrss", "public", "si_enrol"),
            new TableId("hrss", "other", "si_enrol"),
            new TableId("hrss", null, "si_enrol"),
            new TableId("hrss", "public", "社保 enrol$"),
            new TableId("hrss", "public", "t".repeat(300)));

    @Test
    void ofDatabasesWithSchemas() {
        same(new SchemaTopics(properties()), new SchemaTopicNamingStrategy(properties()));
    }

    @Test
    void ofDatabasesWithoutSchemas() {
        same(new DatabaseTopics(properties()), new DefaultTopicNamingStrategy(properties()));
    }

    private static void same(
            TopicNamingStrategy<DataCollectionId> names, TopicNamingStrategy<DataCollectionId> debezium) {
        for (TableId table : TABLES) {
            assertThat(names.dataChangeTopic(table)).isEqualTo(debezium.dataChangeTopic(table));
            assertThat(names.dataChangeTopic(table)).as("again").isEqualTo(debezium.dataChangeTopic(table));
        }
        assertThat(names.heartbeatTopic()).isEqualTo(debezium.heartbeatTopic());
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("topic.prefix", "collect.hrss-db");
        return properties;
    }
}
