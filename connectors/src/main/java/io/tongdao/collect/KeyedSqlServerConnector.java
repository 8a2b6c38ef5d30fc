package io.tongdao.collect;

import io.debezium.connector.sqlserver.SqlServerConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's SQL Server connector with records keyed by subject; for the embedded engine and for a Connect cluster alike. */
public final class KeyedSqlServerConnector extends SqlServerConnector {
    @Override
    public Class<? extends Task> taskClass() {
        return KeyedSqlServerTask.class;
    }
}
