package io.tongdao.ops.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and controller in this JVM: SCRAM-SHA-256 for everyone, nothing allowed without an ACL, topics made only by the
 * provisioner. The sole super user is {@code admin}, whose password is made at random for each data directory. Topics, users and ACLs
 * survive a restart; after a kill the broker is back within about 4 s, when its old session has run out.
 */
public final class EmbeddedBroker implements AutoCloseable {
    public static final String ADMIN = "admin";
    /** The name of its password among the secrets. */
    public static final String ADMIN_SECRET = "broker-admin";

    private final int port;
    private final Secret adminPassword;
    private final KafkaRaftServer server;
    private final HangingTransactions transactions;

    private EmbeddedBroker(int port, Secret adminPassword, KafkaRaftServer server) {
        this.port = port;
        this.adminPassword = adminPassword;
        this.server = server;
        this.transactions = HangingTransactions.watch(adminSettings());
    }

    public static EmbeddedBroker start(Path dataDir) {
        return start(DataDirectory.open(dataDir));
    }

    /** Returns when the broker serves requests. */
    public static EmbeddedBroker start(DataDirectory data) {
        int port = Ports.remembered(data, "broker");
        int controllerPort = Ports.remembered(data, "controller");
        Secret password = Secrets.remembered(data, ADMIN_SECRET);
        Path logs = data.kafkaLogs();
        try {
            format(data, logs, password);
            var settings = BrokerSettings.of(logs, port, controllerPort, password);
            var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(port, password, server);
        } catch (Exception e) {
            throw new StartFailedException(
                    "the broker did not start on 127.0.0.1:" + port + ": " + e + "; see " + data.logs(), e);
        }
    }

    private static void format(DataDirectory data, Path logs, Secret password) throws Exception {
        Files.createDirectories(logs);
        new Formatter()
                .setNodeId(BrokerSettings.NODE)
                .setClusterId(clusterId(data.kafka().resolve("cluster.id")))
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .addDirectory(logs.toString())
                .setMetadataLogDirectory(logs.toString())
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(List.of("SCRAM-SHA-256=[name=" + ADMIN + ",password=" + password.reveal() + "]"))
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static String clusterId(Path file) throws IOException {
        if (!Files.exists(file)) {
            DurableFiles.write(file, Uuid.randomUuid().toString(), DurableFiles.SHARED);
        }
        return Files.readString(file);
    }

    /** {@code host:port} of the client listener. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** What a Kafka client needs to connect as {@code user}; a new map that the caller may add to. Holds the password: not to be logged. */
    public Map<String, Object> clientSettings(String user, String password) {
        return BrokerAccess.settings(bootstrap(), user, Secret.of(password));
    }

    /** As {@link #clientSettings} for the super user: for the provisioner only, stages have principals of their own. */
    public Map<String, Object> adminSettings() {
        return clientSettings(ADMIN, adminPassword.reveal());
    }

    @Override
    public void close() {
        transactions.close();
        server.shutdown();
        server.awaitShutdown();
    }
}
