package io.tongdao.ops.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A schema registry (Apicurio) as a child process: Confluent's API on the loopback, BACKWARD compatibility, schemas in an H2 file that
 * holds a registered schema as soon as its id is given out.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final String NAME = "registry";
    private static final String API = "/apis/ccompat/v7";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final String url;
    private final ChildProcess server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    private EmbeddedRegistry(String url, ChildProcess server) {
        this.url = url;
        this.server = server;
    }

    public static EmbeddedRegistry start(Path dataDir) throws InterruptedException {
        return start(DataDirectory.open(dataDir));
    }

    /** Returns when the registry answers and refuses incompatible schemas. */
    public static EmbeddedRegistry start(DataDirectory data) throws InterruptedException {
        try {
            ChildProcesses.stopLeftover(data, NAME);
            int port = Ports.remembered(data, NAME);
            ChildProcess server = ChildProcess.start(data, command(data, port));
            EmbeddedRegistry registry = new EmbeddedRegistry("http://127.0.0.1:" + port + API, server);
            server.awaitReady(registry::answers, START_LIMIT);
            registry.refuseIncompatible();
            return registry;
        } catch (IOException e) {
            throw new StartFailedException("the schema registry did not start: " + e, e);
        }
    }

    private static ChildProcess.Command command(DataDirectory data, int port) throws IOException {
        Path store = data.registry().resolve("h2");
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // H2 else answers before it writes: a kill would forget an id that is in use
                "-Dapicurio.datasource.url=jdbc:h2:file:" + store + ";WRITE_DELAY=0",
                "-Xmx192m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.io-threads=2",
                "-Dquarkus.http.access-log.enabled=false",
                "-jar",
                program().toString());
        return new ChildProcess.Command(NAME, words, Map.of(), store.toString(), StopSignal.TERM, StopSignal.TERM);
    }

    private static Path program() throws IOException {
        Path home = Parts.of("apicurio");
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() ->
                            new StartFailedException(home + " holds no registry; build again (mvn clean package)"));
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return send(request("/subjects").GET().build()) == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void refuseIncompatible() throws IOException, InterruptedException {
        var body = HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}");
        int status = send(request("/config")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(body)
                .build());
        if (status != 200) {
            close();
            throw new StartFailedException("the schema registry refused BACKWARD compatibility with status " + status);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_LIMIT);
    }

    private int send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** For Confluent's clients: {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    public long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
