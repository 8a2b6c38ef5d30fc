package io.tongdao.ops.embedded;

import static io.tongdao.ops.embedded.Servers.DATABASE;
import static io.tongdao.ops.embedded.Servers.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.ops.OneExchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OneExchange
class EmbeddedPartsIT {
    private static final String SUBJECT = "src.ga.household_population-value";
    private static final AvroSchema FIRST = schema("{\"name\":\"a\",\"type\":\"string\"}");
    private static final AvroSchema INCOMPATIBLE =
            schema("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}");

    @TempDir
    Path dir;

    @Test
    void theServersAreSafeByDefaultAndKeepTheirDataOverARestart() throws Exception {
        DataDirectory data = DataDirectory.open(dir);
        int id;
        try (Servers servers = Servers.start(data)) {
            // Given
            servers.insertRows();
            var schemas = new CachedSchemaRegistryClient(servers.registry().url(), 100);
            id = schemas.register(SUBJECT, FIRST);

            // Then
            assertThatThrownBy(() -> schemas.register(SUBJECT, INCOMPATIBLE))
                    .isInstanceOfSatisfying(
                            RestClientException.class,
                            refusal -> assertThat(refusal.getStatus()).isEqualTo(409));
            assertPostgresIsSafe(servers.postgres());
            assertMariaDbIsSafe(servers.mariaDb());
        }

        // When
        try (Servers again = Servers.start(data)) {
            // Then
            assertRowsKept(again, "1");
            var schemas = new CachedSchemaRegistryClient(again.registry().url(), 100);
            assertThat(schemas.getSchemaById(id)).isEqualTo(FIRST);
            assertThat(schemas.getCompatibility(null)).isEqualTo("BACKWARD");
        }
    }

    @Test
    void aKilledProcessLeavesNothingBehindAndLosesNothing() throws Exception {
        // Given
        Process doomed = fork();
        List<ProcessHandle> servers = awaitServers(doomed);
        ProcessHandle registry = servers.getLast();
        doomed.children()
                .filter(child -> isWatchdog(child) && !watches(child, registry))
                .forEach(ProcessHandle::destroyForcibly);

        // When
        doomed.destroyForcibly().waitFor();

        // Then
        await("the watchdog").atMost(Duration.ofSeconds(15)).until(() -> !registry.isAlive());
        assertThat(servers.getFirst().isAlive()).isTrue();
        DataDirectory data = DataDirectory.open(dir);
        try (DataLock lock = DataLock.take(data);
                Servers again = Servers.start(data)) {
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            assertRowsKept(again, "1");
        }
        assertThat(data.run()).isDirectoryNotContaining("glob:**.pid");
    }

    private static void assertPostgresIsSafe(AgencyPostgres postgres) throws Exception {
        assertThat(ask(postgres.connect(DATABASE), "SHOW wal_level")).isEqualTo("logical");
        assertThat(ask(postgres.connect(DATABASE), "SHOW fsync")).isEqualTo("on");
        assertThat(ask(postgres.connect(DATABASE), "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask(
                        postgres.connect(DATABASE),
                        "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
        postgres.createDatabase(DATABASE);
    }

    private static void assertMariaDbIsSafe(AgencyMariaDb mariaDb) throws Exception {
        String settings = "SELECT concat_ws(' ', @@binlog_format, @@binlog_row_image, @@gtid_strict_mode,"
                + " @@sync_binlog, @@innodb_flush_log_at_trx_commit, @@character_set_server)";
        assertThat(ask(mariaDb.connect(DATABASE), settings)).isEqualTo("ROW FULL ON 1 1 utf8mb4");
        assertThat(ask(mariaDb.connect(""), "SELECT count(*) FROM mysql.user")).isEqualTo("2");
    }

    private static void assertRowsKept(Servers servers, String rows) throws Exception {
        String count = "SELECT count(*) FROM row_kept WHERE word = '通道'";
        assertThat(ask(servers.postgres().connect(DATABASE), count)).isEqualTo(rows);
        assertThat(ask(servers.mariaDb().connect(DATABASE), count)).isEqualTo(rows);
    }

    private Process fork() throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedProcess.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> awaitServers(Process doomed) throws Exception {
        var output = doomed.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("READY ")) {
                return Arrays.stream(line.substring("READY ".length()).split(" "))
                        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                        .toList();
            }
        }
        throw new AssertionError("the servers did not start");
    }

    private static boolean isWatchdog(ProcessHandle child) {
        return child.info().commandLine().orElse("").contains("tongdao-watchdog");
    }

    private static boolean watches(ProcessHandle watchdog, ProcessHandle server) {
        return Arrays.asList(watchdog.info().arguments().orElseThrow()).contains(Long.toString(server.pid()));
    }

    private static AvroSchema schema(String fields) {
        return new AvroSchema("{\"type\":\"record\",\"name\":\"Row\",\"fields\":[" + fields + "]}");
    }
}
