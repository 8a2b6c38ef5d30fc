package io.tongdao.collect;

import io.debezium.connector.postgresql.PostgresConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's PostgreSQL connector with records keyed by subject; for the embedded engine and for a Connect cluster alike. */
public final class KeyedPostgresConnector extends PostgresConnector {
    @Override
    public Class<? extends Task> taskClass() {
        return KeyedPostgresTask.class;
    }
}
