package io.tongdao.ops.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The embedded broker's settings: secure by default, small in memory, quick to come back. */
final class BrokerSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";
    /** Largest record batch on any topic, in bytes; producers and consumers are set to the same. */
    static final int MESSAGE_BYTES = 8 << 20;

    private static final String CLIENT = "CLIENT";

    private BrokerSettings() {}

    static Map<String, Object> of(Path logs, int port, int controllerPort, Secret admin) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE);
        settings.put("log.dirs", logs.toString());
        settings.put("auto.create.topics.enable", false);
        settings.put("message.max.bytes", MESSAGE_BYTES);
        // A deleted topic's files are gone soon: destroying what was collected for an emergency waits for it.
        settings.put("log.segment.delete.delay.ms", 5_000);
        // A province that was down for longer than the default 7 days still resumes where it stopped.
        settings.put("offsets.retention.minutes", 10 * 365 * 24 * 60);
        listeners(settings, port, controllerPort);
        security(settings, admin.reveal());
        singleNode(settings);
        quickRestart(settings);
        smallMemory(settings);
        settings.replaceAll((name, value) -> value.toString());
        return settings;
    }

    static String scramLogin(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    private static void listeners(Map<String, Object> settings, int port, int controllerPort) {
        String client = CLIENT + "://127.0.0.1:" + port;
        settings.put("listeners", client + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", client);
        settings.put("inter.broker.listener.name", CLIENT);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("listener.security.protocol.map", CLIENT + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT");
    }

    private static void security(Map<String, Object> settings, String password) {
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-256");
        settings.put("listener.name.client.sasl.enabled.mechanisms", "SCRAM-SHA-256");
        settings.put("listener.name.client.scram-sha-256.sasl.jaas.config", scramLogin(EmbeddedBroker.ADMIN, password));
        // The controller can't look SCRAM users up before it leads: its own listener speaks PLAIN, on the loopback.
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        settings.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.controller.plain.sasl.jaas.config", plainLogin(password));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:" + EmbeddedBroker.ADMIN);
        settings.put("allow.everyone.if.no.acl.found", false);
    }

    private static String plainLogin(String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + EmbeddedBroker.ADMIN
                + "\" password=\"" + password + "\" user_" + EmbeddedBroker.ADMIN + "=\"" + password + "\";";
    }

    private static void singleNode(Map<String, Object> settings) {
        settings.put("offsets.topic.replication.factor", 1);
        settings.put("offsets.topic.num.partitions", 4);
        settings.put("transaction.state.log.replication.factor", 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("transaction.state.log.num.partitions", 4);
        settings.put("share.coordinator.state.topic.replication.factor", 1);
        settings.put("share.coordinator.state.topic.min.isr", 1);
        settings.put("share.coordinator.state.topic.num.partitions", 1);
    }

    private static void quickRestart(Map<String, Object> settings) {
        settings.put("broker.session.timeout.ms", 3000);
        settings.put("broker.heartbeat.interval.ms", 500);
        settings.put("group.initial.rebalance.delay.ms", 0);
        // A dropped file is one transaction, of minutes if it is big; whoever needs less says so itself.
        settings.put("transaction.max.timeout.ms", 900_000);
        // Open transactions of a killed stage hold back every read_committed reader until they are aborted; but not
        // sooner
        // after a start: the coordinator takes partitions that are not there yet for deleted, and what is open in them
        // stays open for good.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 10_000);
    }

    private static void smallMemory(Map<String, Object> settings) {
        settings.put("log.cleaner.dedupe.buffer.size", 4 << 20);
        settings.put("log.cleaner.threads", 1);
        settings.put("num.network.threads", 2);
        settings.put("num.io.threads", 4);
        settings.put("num.recovery.threads.per.data.dir", 1);
        settings.put("background.threads", 2);
    }
}
