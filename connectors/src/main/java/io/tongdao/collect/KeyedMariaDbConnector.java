package io.tongdao.collect;

import io.debezium.connector.mariadb.MariaDbConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's MariaDB connector with records keyed by subject; for the embedded engine and for a Connect cluster alike. */
public final class KeyedMariaDbConnector extends MariaDbConnector {
    @Override
    public Class<? extends Task> taskClass() {
        return KeyedMariaDbTask.class;
    }
}
