package io.tongdao.deliver;

import io.tongdao.contract.plan.Receiver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** How a receiving database (回流, art. 26) is reached over JDBC, and what a return's table is called there. */
public final class ReceiverLink {
    private ReceiverLink() {}

    /** A connection as the receiver's user, without auto-commit; the caller closes it. */
    public static Connection open(Receiver receiver, String password) throws SQLException {
        Dialect sql = Dialect.of(receiver.engine());
        Properties properties = sql.properties(receiver);
        properties.setProperty("user", receiver.user());
        properties.setProperty("password", password);
        Connection connection = DriverManager.getConnection(sql.url(receiver), properties);
        connection.setAutoCommit(false);
        for (String statement : sql.greeting()) {
            DeliveryLedger.run(connection, statement);
        }
        connection.commit();
        return connection;
    }

    /** The table of a return with its schema, quoted for the engine. */
    public static String table(Receiver receiver, String grant) {
        Dialect sql = Dialect.of(receiver.engine());
        return sql.quote(receiver.schema()) + "." + sql.quote(DeliveryFeed.table(grant));
    }
}
