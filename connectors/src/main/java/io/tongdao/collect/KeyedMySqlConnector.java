package io.tongdao.collect;

import io.debezium.connector.mysql.MySqlConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's MySQL connector with records keyed by subject; for the embedded engine and for a Connect cluster alike. */
public final class KeyedMySqlConnector extends MySqlConnector {
    @Override
    public Class<? extends Task> taskClass() {
        return KeyedMySqlTask.class;
    }
}
