package io.tongdao.deliver;

import io.tongdao.contract.plan.Receiver;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** MariaDB, 10.6 or later. */
final class MariaDbDialect extends BacktickDialect {
    @Override
    public String url(Receiver receiver) {
        return "jdbc:mariadb://%s:%d/".formatted(receiver.host(), receiver.port());
    }

    @Override
    public Properties properties(Receiver receiver) {
        Properties properties = connecting();
        properties.setProperty("useBulkStmts", "true");
        properties.setProperty("sslMode", Loopback.is(receiver.host()) ? "disable" : "trust");
        return properties;
    }

    @Override
    String replace(List<String> columns) {
        return " on duplicate key update "
                + columns.stream()
                        .map(c -> quote(c) + " = values(" + quote(c) + ")")
                        .collect(Collectors.joining(", "));
    }
}
