package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.ops.bench.DemoProcess;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.ops.exchange.RunningExchange;
import io.tongdao.ops.exchange.SampleProvince;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tongdao up} on a small province as a process of its own that can be killed, and what others do beside it. */
final class KilledExchange implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(180);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path root;
    private final Path catalogue;
    private final int size;
    private DemoProcess process;

    private KilledExchange(Path root, Path catalogue, int size) throws IOException {
        this.root = root;
        this.catalogue = catalogue;
        this.size = size;
        this.process = up();
    }

    /** Returns once it runs. */
    static KilledExchange start(Path root, Path catalogue, int people) throws IOException, InterruptedException {
        KilledExchange exchange = new KilledExchange(root, catalogue, people);
        exchange.awaitRunning();
        return exchange;
    }

    private DemoProcess up() throws IOException {
        return DemoProcess.up(root, List.of("--people", Integer.toString(size), "--catalogue", catalogue.toString()));
    }

    private void awaitRunning() throws IOException, InterruptedException {
        assertThat(process.awaitRunning(START)).as("the exchange runs").isNotNull();
    }

    private Optional<RunningExchange> running() throws IOException {
        return Files.exists(root.resolve("run")) ? RunningExchange.find(root) : Optional.empty();
    }

    /** SIGKILL to the process that runs everything. */
    void kill() throws InterruptedException {
        process.kill();
    }

    void again() throws IOException, InterruptedException {
        process = up();
        awaitRunning();
    }

    /** A command that must end well; what it said. */
    String tongdao(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", root.toString()));
        Commands.Said said = Commands.execute(all);
        assertThat(said.exit()).as("%s: %s", List.of(words), said.err()).isZero();
        return said.out();
    }

    /** Files a grant and approves it for all its providers. */
    void approved(Path grant) {
        tongdao("grant", "file", grant.toString(), "--by", "test");
        String id = grant.getFileName().toString().replace(".yaml", "");
        for (String agency : List.of("ga", "hrss", "mz", "scjg")) {
            Commands.execute(
                    List.of("grant", "approve", id, "--agency", agency, "--by", "test", "--data", root.toString()));
        }
    }

    /** A query's rows; it must be answered. */
    List<JsonNode> rows(String who, String sql) {
        return asked(who, sql).orElseThrow(() -> new AssertionError("no answer for " + who));
    }

    /** A query's rows; none: refused, or nobody there. */
    Optional<List<JsonNode>> asked(String who, String sql) {
        Commands.Said said =
                Commands.execute(List.of("query", sql, "--as", who, "--format", "json", "--data", root.toString()));
        return said.exit() != 0 ? Optional.empty() : Optional.of(json(said.out()));
    }

    /** One object or many. */
    static List<JsonNode> json(String objects) {
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(objects)) {
            return values.readAll();
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    /** What the HTTP API answers; empty: anything but 200, or nobody there. */
    Optional<String> called(String token, String path, String body) {
        try {
            String api = running().map(RunningExchange::api).orElse("");
            if (api.isEmpty()) {
                return Optional.empty();
            }
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(api + path)).header("Authorization", "Bearer " + token);
            if (!body.isEmpty()) {
                request.POST(HttpRequest.BodyPublishers.ofString(body));
            }
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Division and address of everybody in the county's own database, as its own user. */
    List<List<String>> county() {
        DataDirectory data = DataDirectory.open(root);
        var login = SampleProvince.county(data);
        try (Connection county = DriverManager.getConnection(url("wuhua"), login.user(), login.password());
                Statement statement = county.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT hukou_division, hukou_address FROM tongdao.wuhua_return")) {
            return WholeExchange.rows(rows);
        } catch (SQLException e) {
            return List.of();
        }
    }

    List<String> people() throws SQLException {
        return select("ga", "SELECT gmsfhm FROM czrk_jbxx WHERE csrq < '2000-01-01' ORDER BY 1 LIMIT 60");
    }

    /** Of everybody, sorted. */
    List<String> addresses() {
        try {
            return select("ga", "SELECT hjdz FROM czrk_jbxx ORDER BY 1");
        } catch (SQLException e) {
            throw new AssertionError("no answer", e);
        }
    }

    void moved(String person, String division, int number) throws SQLException {
        change(
                "ga",
                "UPDATE czrk_jbxx SET hjqh = ?, hjdz = ? WHERE gmsfhm = ?",
                division,
                "云南省昆明市A" + number + "号",
                person);
    }

    void enrolled(String person, String status, int number) throws SQLException {
        change(
                "hrss",
                "UPDATE cbdj_xx SET cbzt = ?, sjhm = ? WHERE gmsfhm = ?",
                status,
                "1920000%04d".formatted(number),
                person);
    }

    private void change(String database, String sql, String... values) throws SQLException {
        try (Connection agency = agency(database);
                PreparedStatement statement = agency.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private List<String> select(String database, String sql) throws SQLException {
        try (Connection agency = agency(database);
                Statement statement = agency.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return WholeExchange.rows(rows).stream()
                    .map(List::getFirst)
                    .sorted()
                    .toList();
        }
    }

    private Connection agency(String database) throws SQLException {
        DataDirectory data = DataDirectory.open(root);
        return DriverManager.getConnection(
                url(database),
                "postgres",
                Secrets.remembered(data, "postgres-superuser").reveal());
    }

    private String url(String database) {
        try {
            String port = Files.readString(root.resolve("run/postgres.port")).strip();
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        } catch (IOException e) {
            throw new AssertionError("no port", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.stop();
    }
}
