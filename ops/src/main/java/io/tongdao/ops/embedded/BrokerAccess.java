package io.tongdao.ops.embedded;

import java.util.HashMap;
import java.util.Map;

/** How a client reaches a broker that asks for SCRAM-SHA-256. */
public final class BrokerAccess {
    private BrokerAccess() {}

    /** New, mutable settings that hold the password: never for a log. */
    public static Map<String, Object> settings(String bootstrap, String user, Secret password) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("security.protocol", "SASL_PLAINTEXT");
        settings.put("sasl.mechanism", "SCRAM-SHA-256");
        settings.put("sasl.jaas.config", BrokerSettings.scramLogin(user, password.reveal()));
        return settings;
    }
}
