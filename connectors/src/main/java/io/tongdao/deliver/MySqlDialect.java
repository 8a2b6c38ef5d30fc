package io.tongdao.deliver;

import io.tongdao.contract.plan.Receiver;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** MySQL, 8.0.19 or later. */
final class MySqlDialect extends BacktickDialect {
    @Override
    public String url(Receiver receiver) {
        return "jdbc:mysql://%s:%d/".formatted(receiver.host(), receiver.port());
    }

    @Override
    public Properties properties(Receiver receiver) {
        Properties properties = connecting();
        properties.setProperty("characterEncoding", "UTF-8");
        properties.setProperty("sslMode", Loopback.is(receiver.host()) ? "PREFERRED" : "REQUIRED");
        return properties;
    }

    @Override
    String replace(List<String> columns) {
        return " as arrived on duplicate key update "
                + columns.stream().map(c -> quote(c) + " = arrived." + quote(c)).collect(Collectors.joining(", "));
    }
}
