package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.relational.TableId;
import io.debezium.schema.DefaultTopicNamingStrategy;
import io.debezium.schema.SchemaTopicNamingStrategy;
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
        SchemaTopics names = new SchemaTopics(properties());
        SchemaTopicNamingStrategy own = new SchemaTopicNamingStrategy(properties());

        for (TableId table : TABLES) {
            assertThat(names.dataChangeTopic(table)).isEqualTo(own.dataChangeTopic(table));
            assertThat(names.dataChangeTopic(table)).as("again").isEqualTo(own.dataChangeTopic(table));
        }
        assertThat(names.heartbeatTopic()).isEqualTo(own.heartbeatTopic());
    }

    @Test
    void ofDatabasesWithoutSchemas() {
        DatabaseTopics names = new DatabaseTopics(properties());
        DefaultTopicNamingStrategy own = new DefaultTopicNamingStrategy(properties());

        for (TableId table : TABLES) {
            assertThat(names.dataChangeTopic(table)).isEqualTo(own.dataChangeTopic(table));
            assertThat(names.dataChangeTopic(table)).as("again").isEqualTo(own.dataChangeTopic(table));
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("topic.prefix", "collect.hrss-db");
        return properties;
    }
}
