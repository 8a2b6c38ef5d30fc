package io.tongdao.ops.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/** A real distributed Connect worker in this JVM, with our plug-in directory and exactly-once sources; driven over REST. */
final class ConnectWorker implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Connect<?> worker;

    ConnectWorker(Path dir, Map<String, Object> kafka) {
        address = "http://127.0.0.1:" + Ports.remembered(DataDirectory.open(dir), "connect");
        Map<String, String> settings = new HashMap<>();
        for (String prefix : List.of("", "producer.", "consumer.", "admin.")) {
            kafka.forEach((name, value) -> settings.put(prefix + name, value.toString()));
        }
        settings.put("group.id", "tongdao-connect");
        for (String topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.topic", "connect." + topic);
            settings.put(topic + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("exactly.once.source.support", "enabled");
        settings.put("listeners", address);
        settings.put("plugin.path", plugin().toString());
        settings.put("plugin.discovery", "service_load");
        settings.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        settings.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        settings.put("config.providers", "file");
        settings.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        worker = new ConnectDistributed().startConnect(settings);
    }

    private static Path plugin() {
        Path plugin = Path.of("../connectors/target/plugin").toAbsolutePath().normalize();
        if (!Files.isDirectory(plugin.resolve("tongdao-collect"))) {
            throw new IllegalStateException(plugin + " is not built: mvn package makes it");
        }
        return plugin;
    }

    void put(String connector, Map<String, String> config) throws IOException, InterruptedException {
        send("PUT", "/connectors/" + connector + "/config", JSON.writeValueAsString(config));
    }

    void restart(String connector) throws IOException, InterruptedException {
        send("POST", "/connectors/" + connector + "/restart?includeTasks=true", "");
    }

    void delete(String connector) throws IOException, InterruptedException {
        send("DELETE", "/connectors/" + connector, "");
    }

    /** State and trace of the connector's one task; empty before it has started. */
    JsonNode task(String connector) throws IOException, InterruptedException {
        return send("GET", "/connectors/" + connector + "/status", "")
                .path("tasks")
                .path(0);
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 404) {
            return JSON.createObjectNode();
        }
        if (response.statusCode() >= 400) {
            throw new IllegalStateException(method + ' ' + path + ": " + response.statusCode() + ' ' + response.body());
        }
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
        worker.stop();
        worker.awaitStop();
    }
}
